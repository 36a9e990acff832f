/** What a field holds. Numbers and texts that look like numbers are the same to arithmetic and comparison. */
export type Value = string | number | boolean | null;

/** Fields by name. */
export type Row = Record<string, Value>;

/** The number that a value is or looks like; else undefined. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Null is the empty text. */
export function textOf(value: Value | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

/** Below 0 where `a` comes before `b`: by number where both look like one, else by text. */
export function compare(a: Value, b: Value): number {
  const [left, right] = [numberOf(a), numberOf(b)];
  if (left !== undefined && right !== undefined) return left - right;
  const [first, second] = [textOf(a), textOf(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** Whether a condition holds. */
export function isTrue(value: Value): boolean {
  return value === true || value === "true";
}

const special = /[.*+?^${}()|[\]\\]/g;

/** Any text, as the source of a regular expression. */
export const anything = "[\\s\\S]*";

/** A pattern in which `*` stands for any text, as the source of a regular expression. */
export function wildcard(pattern: string): string {
  return pattern.replace(special, "\\$&").replaceAll("\\*", anything);
}
