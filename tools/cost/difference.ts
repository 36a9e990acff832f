import type { Cost, Item } from "./price";

/** A resource whose cost changes; null where it is not on that side. */
export interface CostChange {
  readonly urn: string;
  readonly name: string;
  readonly before: Item | null;
  readonly after: Item | null;
}

export interface CostDifference {
  readonly changes: readonly CostChange[];
  /** US dollars a month more, or less, of what is known on both sides. */
  readonly monthly: number;
  readonly before: Cost;
  readonly after: Cost;
}

/** What costs another amount, or is paid for otherwise, than before. */
export function costDifference(before: Cost, after: Cost): CostDifference {
  const old = new Map(before.items.map((item) => [item.urn, item]));
  const now = new Map(after.items.map((item) => [item.urn, item]));
  const changes = [...new Map([...old, ...now])].flatMap(([urn, { name }]): CostChange[] => {
    const [was, is] = [old.get(urn) ?? null, now.get(urn) ?? null];
    return was?.what === is?.what && was?.monthly === is?.monthly
      ? []
      : [{ urn, name, before: was, after: is }];
  });
  return { changes, monthly: Number((after.monthly - before.monthly).toFixed(2)), before, after };
}
