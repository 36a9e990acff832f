import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { type Json, text } from "../engine/props";
import { plain, type Registration } from "../engine/registration";
import { besides, type Difference, differences, isWithin } from "./differences";
import { deletesFirst, forcesReplacement, isReadOff } from "./facts";
import { standIns } from "./stand-ins";

export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** What is to be done with one resource. */
export interface Step {
  readonly operation: Operation;
  /** Absent where it is made. */
  readonly before?: Registration;
  /** Absent where it is deleted. */
  readonly after?: Registration;
  readonly differences: readonly Difference[];
  /** Inputs whose change replaces it. */
  readonly because: readonly string[];
  /** Whether the old one is deleted before the new one is made. */
  readonly deletedFirst: boolean;
}

/** What is made, or made anew, by what is planned so far: its outputs are another's, by URN. */
export type Made = ReadonlyMap<string, { readonly resource: Registration; readonly deletedFirst: boolean }>;

/** What to do with a resource that was there before. */
export function compare(before: Registration, after: Registration, made: Made): Step {
  const seen = differences(after.type, plain(before.inputs), plain(after.inputs)).filter(
    (one) => !isGivenOnce(after.type, one),
  );
  const inputs = new Set(seen.map(({ path }) => path[0]));
  const fromMade = derivedInputs(after, made);
  const unseen = fromMade.map(unknownAfter).filter(({ path }) => !inputs.has(path[0]));
  const found = besides([...seen, ...unseen], after.ignoreChanges);
  const forcing = found.filter(({ path }) => forces(after, path));
  const because = [...new Set(forcing.map(({ path }) => text(path[0])))].sort();
  const operation = found.length === 0 ? "same" : because.length > 0 ? "replace" : "update";
  const deletedFirst =
    operation === "replace" &&
    (fromMade.some(({ goesFirst }) => goesFirst) ||
      (after.deleteBeforeReplace ?? deletesFirst(after.type, text(after.inputs.name))));
  return { operation, before, after, differences: found, because, deletedFirst };
}

const isGivenOnce = (type: string, { path, before, after }: Difference): boolean =>
  (before === undefined || after === undefined) && path.length === 1 && isReadOff(type, text(path[0]));

function forces({ type, replaceOnChanges }: Registration, path: Difference["path"]): boolean {
  return (
    forcesReplacement(type, text(path[0])) === true || replaceOnChanges.some((named) => isWithin(path, named))
  );
}

/** An input that comes from what is made, and may turn out the same. */
interface Derived {
  readonly input: string;
  readonly value: Json;
  /** Whether its source is deleted first; then what the input would replace goes before that. */
  readonly goesFirst: boolean;
}

/** The engine does not know yet what these will be, and takes them as changed. */
function derivedInputs(resource: Registration, made: Made): Derived[] {
  return Object.entries(resource.inputs).flatMap(([input, value]) => {
    const sources = (resource.inputsFrom[input] ?? []).flatMap((urn) => made.get(urn) ?? []);
    const goesFirst = sources.some(({ deletedFirst }) => deletedFirst) && forces(resource, [input]);
    const isUnknown = sources.some((source) => isDerived(value, source.resource));
    return goesFirst || isUnknown ? [{ input, value, goesFirst }] : [];
  });
}

const unknownAfter = ({ input, value }: Derived): Difference => ({
  path: [input],
  before: plain(value),
  after: unknownValue,
});

/** Whether a value is made from what only the provider knows, and not from the source's own inputs. */
function isDerived(value: Json, { urn, type, inputs }: Registration): boolean {
  const known = JSON.stringify(plain(value));
  if (known.includes(unknownValue)) return true;
  const echoed = Object.values(inputs).some(
    (input) => typeof input === "string" && input !== "" && known.includes(input),
  );
  return Object.keys(standIns(urn, type, false).outputs).length > 0 && !echoed;
}
