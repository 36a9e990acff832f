/** A JSON value, as it travels to and from an API or the Pulumi SDK. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Props = { [key: string]: Json };

/** The value if it is an object, else an empty one. */
export function object(value: Json | undefined): Props {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** The value if it is a list, else an empty one. */
export function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; empty if there is none. */
export function text(value: Json | undefined): string {
  return value === undefined || value === null ? "" : String(value);
}

/** Without the named keys. */
export function omit(props: Props, ...keys: string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !keys.includes(key)));
}

/** Only the entries that have a value; APIs take an absent key and an explicit null differently. */
export function given(props: { [key: string]: Json | undefined }): Props {
  return Object.fromEntries(
    Object.entries(props).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

/** With the keys of all objects, at any depth, in snake_case. */
export function snake(value: Props): Props {
  return rename(value, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

/** With the keys of all objects, at any depth, in camelCase. */
export function camel(value: Props): Props {
  return rename(value, (key) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
}

function rename(props: Props, name: (key: string) => string): Props {
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(walk);
    return value !== null && typeof value === "object" ? rename(value, name) : value;
  };
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [name(key), walk(value)]));
}
