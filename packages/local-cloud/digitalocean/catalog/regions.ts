import { sizes } from "./sizes";

/** A region as the API shows it. */
export interface Region {
  readonly name: string;
  readonly slug: string;
  readonly features: readonly string[];
  readonly available: boolean;
  readonly sizes: readonly string[];
}

const names = {
  nyc1: "New York 1",
  nyc2: "New York 2",
  nyc3: "New York 3",
  sfo2: "San Francisco 2",
  sfo3: "San Francisco 3",
  ams3: "Amsterdam 3",
  sgp1: "Singapore 1",
  lon1: "London 1",
  fra1: "Frankfurt 1",
  tor1: "Toronto 1",
  blr1: "Bangalore 1",
  syd1: "Sydney 1",
  atl1: "Atlanta 1",
};

export const regionSlugs: readonly string[] = Object.keys(names);

export const regions: ReadonlyMap<string, Region> = new Map(
  Object.entries(names).map(([slug, name]) => [
    slug,
    {
      name,
      slug,
      features: ["backups", "ipv6", "metadata", "install_agent", "storage", "image_transfer"],
      available: true,
      sizes: sizes.map((size) => size.slug),
    },
  ]),
);
