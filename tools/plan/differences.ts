import type { Json } from "../engine/props";
import { isUnordered } from "./facts";

export type Path = readonly (string | number)[];

/** One place at which two values differ; undefined where there is nothing on that side. */
export interface Difference {
  readonly path: Path;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Where the inputs of a resource of this type differ; the order of lists matters where it does to the provider. */
export function differences(
  type: string,
  before: Json | undefined,
  after: Json | undefined,
  path: Path = [],
): Difference[] {
  if (same(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    const list = path.findLast((step) => typeof step === "string");
    const pairs = isUnordered(type, String(list)) ? paired(type, before, after) : aligned(before, after);
    return pairs.flatMap(([one, other], index) => differences(type, one, other, [...path, index]));
  }
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(type, before[key], after[key], [...path, key]));
  }
  return [{ path, before, after }];
}

/** `forwardingRules[0].entryPort`. */
export const pathText = (path: Path): string =>
  path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index > 0 ? `.${step}` : step))
    .join("");

/** Providers take nothing, null and empty values as the same. */
const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

const same = (before: Json | undefined, after: Json | undefined): boolean =>
  (isEmpty(before) && isEmpty(after)) || JSON.stringify(before) === JSON.stringify(after);

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

type Pair = readonly [Json | undefined, Json | undefined];

/** What is in one list only, side by side. */
function paired(type: string, before: readonly Json[], after: readonly Json[]): Pair[] {
  const gone = before.filter((item) => !after.some((other) => differences(type, item, other).length === 0));
  const added = after.filter((item) => !before.some((other) => differences(type, item, other).length === 0));
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => [
    gone[index],
    added[index],
  ]);
}

/** Item by item; what was put in or taken out at one place does not make all that follows another. */
function aligned(before: readonly Json[], after: readonly Json[]): Pair[] {
  const longest = Math.max(before.length, after.length);
  let tail = 0;
  const tailMatches = () => same(before.at(-1 - tail), after.at(-1 - tail));
  if (before.length !== after.length)
    while (tail < Math.min(before.length, after.length) && tailMatches()) tail++;
  return Array.from({ length: longest - tail }, (_, index) => [
    index < before.length - tail ? before[index] : undefined,
    index < after.length - tail ? after[index] : undefined,
  ]);
}

/** Whether the path lies at or below what is named, as `ignoreChanges` does: `tags`, `rules[0].port`, `*`. */
export function isWithin(path: Path, named: string): boolean {
  const steps = named.split(/[.[\]"]+/).filter(Boolean);
  return (
    steps.length <= path.length && steps.every((step, index) => step === "*" || step === String(path[index]))
  );
}

/** Those at or below none of the named places. */
export const besides = (found: readonly Difference[], ignored: readonly string[]): Difference[] =>
  found.filter(({ path }) => !ignored.some((named) => isWithin(path, named)));
