/** What the display needs to know of a resource. */
export interface Item {
  readonly urn: string;
  readonly type: string;
  readonly parent: string | null;
  readonly custom: boolean;
}

/** The types as people read them: `digitalocean:index/droplet:Droplet` → `Droplet`. */
export function kind(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** The package of a type: `digitalocean`. */
export function family(type: string): string {
  return type.slice(0, type.indexOf(":"));
}

/** The items with their depth below the root, parents before their children, in the order given. */
export function tree<T extends Item>(items: readonly T[]): { readonly item: T; readonly depth: number }[] {
  const children = new Map<string | null, T[]>();
  for (const item of items) children.set(item.parent, [...(children.get(item.parent) ?? []), item]);
  const below = (parent: string | null, depth: number): { item: T; depth: number }[] =>
    (children.get(parent) ?? []).flatMap((item) => [{ item, depth }, ...below(item.urn, depth + 1)]);
  return below(null, 0);
}

/** How many there are of each type that a provider makes, in alphabetical order. */
export function countByType(items: readonly Item[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const type of items
    .filter(({ custom }) => custom)
    .map((item) => item.type)
    .sort()) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** How many are made by providers below each component, at any depth; `null` for all. */
export function countBelow(items: readonly Item[]): ReadonlyMap<string | null, number> {
  const parents = new Map(items.map(({ urn, parent }) => [urn, parent]));
  const counts = new Map<string | null, number>();
  for (const { custom, urn } of items) {
    for (let above = parents.get(urn); custom && above !== undefined; above = parents.get(above ?? "")) {
      counts.set(above, (counts.get(above) ?? 0) + 1);
    }
  }
  return counts;
}
