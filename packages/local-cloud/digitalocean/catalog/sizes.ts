/** What a droplet size has and costs (USD a month, list prices of 2026). Every size is in every region here. */
export interface SizeFacts {
  readonly slug: string;
  readonly description: string;
  readonly vcpus: number;
  /** MiB. */
  readonly memory: number;
  /** GiB. */
  readonly disk: number;
  /** TiB a month. */
  readonly transfer: number;
  readonly price_monthly: number;
}

type Row = readonly [
  slug: string,
  vcpus: number,
  memoryGib: number,
  disk: number,
  transfer: number,
  price: number,
];

const families: Readonly<Record<string, readonly Row[]>> = {
  Basic: [
    ["s-1vcpu-512mb-10gb", 1, 0.5, 10, 0.5, 4],
    ["s-1vcpu-1gb", 1, 1, 25, 1, 6],
    ["s-1vcpu-2gb", 1, 2, 50, 2, 12],
    ["s-2vcpu-2gb", 2, 2, 60, 3, 18],
    ["s-2vcpu-4gb", 2, 4, 80, 4, 24],
    ["s-4vcpu-8gb", 4, 8, 160, 5, 48],
    ["s-8vcpu-16gb", 8, 16, 320, 6, 96],
  ],
  "Basic AMD": [
    ["s-1vcpu-1gb-amd", 1, 1, 25, 1, 7],
    ["s-1vcpu-2gb-amd", 1, 2, 50, 2, 14],
    ["s-2vcpu-2gb-amd", 2, 2, 60, 3, 21],
    ["s-2vcpu-4gb-amd", 2, 4, 80, 4, 28],
    ["s-4vcpu-8gb-amd", 4, 8, 160, 5, 56],
    ["s-8vcpu-16gb-amd", 8, 16, 320, 6, 112],
  ],
  "Basic Intel": [
    ["s-1vcpu-1gb-intel", 1, 1, 25, 1, 7],
    ["s-1vcpu-2gb-intel", 1, 2, 50, 2, 14],
    ["s-2vcpu-2gb-intel", 2, 2, 60, 3, 21],
    ["s-2vcpu-4gb-intel", 2, 4, 80, 4, 28],
    ["s-4vcpu-8gb-intel", 4, 8, 160, 5, 56],
    ["s-8vcpu-16gb-intel", 8, 16, 320, 6, 112],
  ],
  "General Purpose": [
    ["g-2vcpu-8gb", 2, 8, 25, 4, 63],
    ["g-4vcpu-16gb", 4, 16, 50, 5, 126],
    ["g-8vcpu-32gb", 8, 32, 100, 6, 252],
    ["g-16vcpu-64gb", 16, 64, 200, 7, 504],
    ["g-32vcpu-128gb", 32, 128, 400, 8, 1008],
    ["gd-2vcpu-8gb", 2, 8, 50, 4, 68],
    ["gd-4vcpu-16gb", 4, 16, 100, 5, 136],
    ["gd-8vcpu-32gb", 8, 32, 200, 6, 272],
    ["gd-16vcpu-64gb", 16, 64, 400, 7, 544],
  ],
  "CPU-Optimized": [
    ["c-2", 2, 4, 25, 4, 42],
    ["c-4", 4, 8, 50, 5, 84],
    ["c-8", 8, 16, 100, 6, 168],
    ["c-16", 16, 32, 200, 7, 336],
    ["c-32", 32, 64, 400, 9, 672],
    ["c2-2vcpu-4gb", 2, 4, 50, 4, 47],
    ["c2-4vcpu-8gb", 4, 8, 100, 5, 94],
    ["c2-8vcpu-16gb", 8, 16, 200, 6, 188],
    ["c2-16vcpu-32gb", 16, 32, 400, 7, 376],
  ],
  "Memory-Optimized": [
    ["m-2vcpu-16gb", 2, 16, 50, 4, 84],
    ["m-4vcpu-32gb", 4, 32, 100, 6, 168],
    ["m-8vcpu-64gb", 8, 64, 200, 7, 336],
    ["m-16vcpu-128gb", 16, 128, 400, 8, 672],
    ["m-24vcpu-192gb", 24, 192, 600, 9, 1008],
    ["m-32vcpu-256gb", 32, 256, 800, 10, 1344],
  ],
  "Storage-Optimized": [
    ["so-2vcpu-16gb", 2, 16, 300, 4, 131],
    ["so-4vcpu-32gb", 4, 32, 600, 6, 262],
    ["so-8vcpu-64gb", 8, 64, 1200, 7, 524],
  ],
};

export const sizes: readonly SizeFacts[] = Object.entries(families).flatMap(([description, rows]) =>
  rows.map(([slug, vcpus, gib, disk, transfer, price]) => ({
    slug,
    description,
    vcpus,
    memory: gib * 1024,
    disk,
    transfer,
    price_monthly: price,
  })),
);

const bySlug = new Map(sizes.map((size) => [size.slug, size]));

export function findSize(slug: string): SizeFacts | undefined {
  return bySlug.get(slug);
}

/** A size as the API shows it. An hour costs a 672nd of the month. */
export function showSize(size: SizeFacts, regions: readonly string[]) {
  return {
    ...size,
    price_hourly: Math.round((size.price_monthly / 672) * 100000) / 100000,
    regions,
    available: true,
  };
}
