/** The way to a value, as zod tells it: `["pools", 1, "count"]`. */
export type Path = readonly PropertyKey[];

/** The path as Pulumi writes it: `pools[1].count`. */
export function pathText(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === "number"
        ? `[${part}]`
        : /^[\w-]+$/.test(String(part))
          ? `${index === 0 ? "" : "."}${String(part)}`
          : `[${JSON.stringify(String(part))}]`,
    )
    .join("");
}

/** The path of the option, whatever the item of a list: `pools[].count`. */
export function optionPath(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? "[]" : `.${String(part)}`))
    .join("")
    .slice(1);
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    data,
  );
}
