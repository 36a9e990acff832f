import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The text of `files/<name>` with every `{{placeholder}}` replaced by its value.
 * Throws on a placeholder without a value and on a value without a placeholder.
 */
export function template(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  const unused = new Set(Object.keys(values));
  const text = withoutComments(readFileSync(join(__dirname, "files", name), "utf8")).replace(
    /\{\{(\w+)\}\}/g,
    (_, key: string) => {
      const value = values[key];
      if (value === undefined) throw new Error(`files/${name}: no value for {{${key}}}`);
      unused.delete(key);
      return String(value);
    },
  );
  if (unused.size > 0) throw new Error(`files/${name}: nothing takes ${[...unused].join(", ")}`);
  return text;
}

/** User-data has little room: what explains the files to their readers stays here. apt's `#clear` explains nothing. */
const withoutComments = (text: string): string => text.replace(/^[ \t]*#([ \t].*)?\n/gm, "");
