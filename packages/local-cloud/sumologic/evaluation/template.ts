/** What the texts of a notification may name between `{{` and `}}`. */
export type Variables = Readonly<Record<string, string | number>>;

/** A text with its variables, upper or lower case, filled in; `asJson` so that JSON stays JSON. Unknown ones are left. */
export function filled(template: string, variables: Variables, asJson: boolean): string {
  const known = new Map(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]));
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = known.get(name.toLowerCase());
    if (value === undefined) return whole;
    return asJson ? JSON.stringify(String(value)).slice(1, -1) : String(value);
  });
}
