import type { Json, Props } from "../engine/props";

/** The stack's outputs, one a line; of a text of many lines just the first. */
export function outputLines(outputs: Props): string[] {
  const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
  return Object.entries(outputs).map(([name, value]) => `  ${name.padEnd(width)}  ${brief(value)}`);
}

function brief(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const [first = "", ...more] = text.trimEnd().split("\n");
  return more.length > 0 ? `${first} … (${more.length + 1} lines)` : first;
}
