import table from "./price-table.json";

/** How sure a price is: read from the provider or long known; seen once; concluded from others. */
export const certainties = ["high", "medium", "low"] as const;
export type Certainty = (typeof certainties)[number];

/** A price in US dollars a month. */
export interface Price {
  readonly monthly: number;
  readonly certainty: Certainty;
}

/** What the providers charge. What is not in it is not known, which is not the same as free. */
export interface Prices {
  /** Month of the table. */
  readonly asOf: string;
  /** DigitalOcean bills by the hour, and no more than this many in a month. */
  readonly hoursPerMonth: number;
  /** Droplets by size. */
  readonly droplets: Readonly<Record<string, Price>>;
  /** Backups, as a share of the droplet's price, by plan. */
  readonly backups: Readonly<Record<string, number>>;
  /** Each unit of a regional balancer. */
  readonly balancerUnit: Price;
  /** Each node of a managed MySQL by size; a standby is taken to cost what the first one does. */
  readonly mysql: Readonly<Record<string, Price>>;
  readonly volumeGib: Price;
  /** The subscription, once an account, with 250 GiB and 1 TiB of transfer; what goes beyond costs extra. */
  readonly spaces: Price;
  /** Each check of a site; an account has one free, and which one can't be told from a stack. */
  readonly uptimeCheck: Price;
}

/** The dated table, without asking anybody. */
export const listed = table as Prices;

/** The prices with the provider's own for droplets, as `GET /v2/sizes` gives them. */
export const withSizes = (prices: Prices, sizes: Readonly<Record<string, number>>): Prices => ({
  ...prices,
  droplets: {
    ...prices.droplets,
    ...Object.fromEntries(
      Object.entries(sizes).map(([size, monthly]) => [size, { monthly, certainty: "high" }] as const),
    ),
  },
});
