import { runtime } from "@pulumi/pulumi";
import { type Json, text } from "../engine/props";
import { plain, type Registration } from "../engine/registration";
import { besides, type Difference, differences, isWithin } from "./differences";
import { deletesFirst, forcesReplacement } from "./facts";
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
  const seen = differences(after.type, plain(before.inputs), plain(after.inputs));
  const inputs = new Set(seen.map(({ path }) => path[0]));
  const unseen = unforeseen(after, made).filter(({ path }) => !inputs.has(path[0]));
  const found = besides([...seen, ...unseen], after.ignoreChanges);
  const forcing = found.filter(({ path }) => forces(after, path));
  const because = [...new Set(forcing.map(({ path }) => text(path[0])))].sort();
  const operation = found.length === 0 ? "same" : because.length > 0 ? "replace" : "update";
  const name = ({ inputs: { name: given } }: Registration) => text(given);
  const deletedFirst =
    operation === "replace" &&
    (after.deleteBeforeReplace ?? deletesFirst(after.type, name(before), name(after)));
  return { operation, before, after, differences: found, because, deletedFirst };
}

function forces({ type, replaceOnChanges }: Registration, path: Difference["path"]): boolean {
  return (
    forcesReplacement(type, text(path[0])) === true || replaceOnChanges.some((named) => isWithin(path, named))
  );
}

/**
 * Inputs that come from what is made, whether or not they turn out the same. The engine does not know yet, and takes
 * them as changed; where the other is deleted first, it deletes what such an input would replace as well.
 */
function unforeseen(resource: Registration, made: Made): Difference[] {
  return Object.entries(resource.inputs).flatMap(([input, value]) => {
    const sources = (resource.inputsFrom[input] ?? []).flatMap((urn) => made.get(urn) ?? []);
    const goesFirst = sources.some(({ deletedFirst }) => deletedFirst) && forces(resource, [input]);
    const unknown = sources.some((source) => isDerived(value, source.resource));
    const before = plain(value);
    return goesFirst || unknown ? [{ path: [input], before, after: runtime.unknownValue }] : [];
  });
}

/** Whether a value is made from what only the provider knows, and not from the source's own inputs. */
function isDerived(value: Json, { urn, type, inputs }: Registration): boolean {
  const known = JSON.stringify(plain(value));
  if (known.includes(runtime.unknownValue)) return true;
  const echoed = Object.values(inputs).some(
    (input) => typeof input === "string" && input !== "" && known.includes(input),
  );
  return Object.keys(standIns(urn, type, false).outputs).length > 0 && !echoed;
}
