import type { Held } from "./held";

/** What an account holds: how many of each kind, and their names. */
export interface Inventory {
  readonly counts: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

export function inventory(held: readonly Held[]): Inventory {
  const names: Record<string, string[]> = {};
  for (const { collection, name } of held) names[collection] = [...(names[collection] ?? []), name];
  const counts = Object.fromEntries(
    Object.entries(names).map(([collection, all]) => [collection, all.length]),
  );
  return { counts, names };
}
