import type { Value } from "./values";

const step = /\.?([^.[\]]+)|\[(\d+)\]|\[['"]([^'"]+)['"]\]|\[\*\]/y;

/** A way into JSON: `a.b[0]`, `['a.b']`, `a[*].b`, with or without `$` in front. */
export type JsonPath = readonly (string | number | "*")[];

/** Undefined where the text is no path. */
export function parsePath(text: string): JsonPath | undefined {
  const path: (string | number)[] = [];
  step.lastIndex = text.startsWith("$") ? 1 : 0;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return undefined;
    const [, name, index, quotedName] = found;
    path.push(index === undefined ? (quotedName ?? name ?? "*") : Number(index));
  }
  return path;
}

/** What is there: a text, number or truth as it is, anything deeper as JSON; undefined where there is nothing. */
export function lookUp(json: unknown, path: JsonPath): Value | undefined {
  const found = follow(json, path);
  return typeof found === "object" && found !== null ? JSON.stringify(found) : (found as Value | undefined);
}

function follow(json: unknown, [first, ...rest]: JsonPath): unknown {
  if (first === undefined) return json;
  if (typeof json !== "object" || json === null) return undefined;
  if (first === "*") return Object.values(json).map((each) => follow(each, rest));
  return follow((json as Readonly<Record<string | number, unknown>>)[first], rest);
}

/** The JSON that a text is or, past its beginning, holds; undefined where there is none. */
export function jsonIn(text: string): unknown {
  const start = text.search(/[{[]/);
  if (start < 0) return undefined;
  try {
    return JSON.parse(start === 0 ? text : text.slice(start));
  } catch {
    return undefined;
  }
}

/** Every value of the JSON by its path, in the form `a.b[0]`. */
export function flattened(json: unknown, prefix = ""): [string, Value][] {
  if (typeof json !== "object" || json === null) return [[prefix, json as Value]];
  return Object.entries(json).flatMap(([key, value]) => {
    const inner = Array.isArray(json) ? `${prefix}[${key}]` : prefix ? `${prefix}.${key}` : key;
    return flattened(value, inner.replaceAll(" ", "_"));
  });
}
