import type { Props } from "../engine/props";
import { certainties, listed, type Prices } from "./prices";
import { isFree, type Part, rates } from "./rates";

/** What the price of a resource is found from. */
export interface Priced {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether a provider makes it. */
  readonly custom: boolean;
  readonly props: Props;
}

/** What one resource costs. */
export interface Item {
  readonly urn: string;
  readonly name: string;
  /** What is paid for, such as `s-2vcpu-4gb, daily backups`. */
  readonly what: string;
  /** US dollars a month: of its known parts, null where none is known. */
  readonly monthly: number | null;
  /** US dollars an hour; a month is billed with 672 hours at most. */
  readonly hourly: number | null;
  /** Parts whose price nobody here knows. */
  readonly unknown: readonly string[];
  /** The least sure of its prices. */
  readonly certainty: "high" | "medium" | "low" | "unknown";
}

/** What a stack costs; both sums are of what is known, and so the least that it costs. */
export interface Cost {
  /** The dearest first, those without a known price last. */
  readonly items: readonly Item[];
  readonly monthly: number;
  readonly hourly: number;
  /** How many items have a price, or a part of one, that is not known. */
  readonly unknown: number;
}

/** What resources cost. Kinds that cost nothing by themselves are left out; a kind not heard of has an unknown price. */
export function priceOf(resources: readonly Priced[], prices: Prices = listed): Cost {
  const items = resources
    .filter(({ custom }) => custom)
    .flatMap((resource) => itemOf(resource, prices) ?? [])
    .sort((a, b) => (b.monthly ?? -1) - (a.monthly ?? -1) || a.name.localeCompare(b.name, "en"));
  const monthly = items.reduce((sum, item) => sum + (item.monthly ?? 0), 0);
  return {
    items,
    monthly: cents(monthly),
    hourly: perHour(monthly, prices),
    unknown: items.filter(({ unknown }) => unknown.length > 0).length,
  };
}

function itemOf({ urn, type, name, props }: Priced, prices: Prices): Item | undefined {
  const kind = `${type.split(":")[0]}:${type.split(":").at(-1)}`;
  if (isFree(kind)) return undefined;
  const parts: readonly Part[] = rates[kind]?.(props, prices) ?? [{ what: type, price: null }];
  const known = parts.flatMap(({ price }) => price ?? []);
  const monthly = known.length > 0 ? known.reduce((sum, price) => sum + price.monthly, 0) : null;
  return {
    urn,
    name,
    what: parts.map(({ what }) => what).join(", "),
    monthly: monthly === null ? null : cents(monthly),
    hourly: monthly === null ? null : perHour(monthly, prices),
    unknown: parts.filter(({ price }) => price === null).map(({ what }) => what),
    certainty:
      certainties.findLast((level) => known.some(({ certainty }) => certainty === level)) ?? "unknown",
  };
}

/**
 * What has a price that is not known, in whole or in part, and counts nevertheless: what Sumo Logic takes is a matter
 * of contract.
 */
export const unpriced = (items: readonly Item[]): readonly Item[] =>
  items.filter(({ urn, unknown }) => unknown.length > 0 && !/(::|\$)sumologic:/.test(urn));

const cents = (amount: number): number => Number(amount.toFixed(2));
const perHour = (monthly: number, { hoursPerMonth }: Prices): number =>
  Number((monthly / hoursPerMonth).toFixed(5));
