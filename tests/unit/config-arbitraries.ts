import fc from "fast-check";

const size = fc.constantFrom("s-1vcpu-1gb", "s-2vcpu-4gb", "c-2", "g-8vcpu-32gb");
const count = fc.integer({ min: 1, max: 50 });
const image = fc.constantFrom("debian-12-x64", 987654);
const backups = fc.constantFrom("none", "weekly", "daily");
const optional: { requiredKeys: [] } = { requiredKeys: [] };
const poolOf = (name: string, roles: readonly string[], counts = count) =>
  fc.record(
    { name: fc.constant(name), roles: fc.constant([...roles]), count: counts, size, image, backups },
    { requiredKeys: ["name", "roles", "count"] },
  );
const odd = fc.integer({ min: 1, max: 5 }).map((half) => 2 * half + 1);
const managed = fc.record(
  { size: fc.constantFrom("db-s-1vcpu-2gb", "db-s-2vcpu-4gb"), nodes: fc.integer({ min: 1, max: 3 }) },
  optional,
);

const servers = fc.oneof(
  fc.record({
    pools: fc.tuple(poolOf("server", ["web", "app", "db"], odd)),
    database: fc.record(
      { mode: fc.constantFrom("cluster", "primary-replica"), volumeGib: count },
      { requiredKeys: ["mode"] },
    ),
  }),
  fc.record({
    pools: fc.tuple(poolOf("web", ["web"]), poolOf("app", ["app"]), poolOf("db", ["db"])),
    database: fc.record({ name: fc.constantFrom("app", "shop_2"), volumeGib: count }, optional),
  }),
  fc.record({
    pools: fc.tuple(poolOf("web", ["web"]), poolOf("app", ["app"])),
    database: fc.record({ mode: fc.constant("managed"), managed }, { requiredKeys: ["mode"] }),
  }),
);

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
const percent = fc.record(
  { warning: fc.integer({ min: 1, max: 49 }), critical: fc.integer({ min: 96, max: 100 }) },
  optional,
);
const others = fc.record(
  {
    environment: fc.constantFrom("development", "staging", "production"),
    domain: fc.tuple(label, label).map((labels) => labels.join(".")),
    host: fc.oneof(label, fc.constant("@")),
    region: fc.constantFrom("nyc1", "nyc3", "fra1", "sgp1"),
    network: fc.record({ ipRange: fc.integer({ min: 100, max: 200 }).map((part) => `10.${part}.0.0/20`) }),
    tls: fc.oneof(
      fc.record({ certificate: fc.constantFrom("lets-encrypt", "internal") }),
      fc.record({ certificate: fc.constant("internal"), backend: fc.constant("passthrough") }),
    ),
    loadBalancer: fc.record(
      { units: fc.integer({ min: 1, max: 100 }), healthPath: fc.constant("/up") },
      optional,
    ),
    app: fc.record(
      {
        port: fc.integer({ min: 20000, max: 65535 }),
        environment: fc.dictionary(fc.stringMatching(/^X[A-Z_]{1,8}$/), fc.stringMatching(/^[ -~]{0,20}$/)),
      },
      optional,
    ),
    dns: fc.record(
      { zone: fc.constantFrom("create", "existing"), ttl: fc.integer({ min: 30, max: 86400 }) },
      optional,
    ),
    cost: fc.record({ budgetUsd: fc.double({ min: 1, max: 1e6, noNaN: true }) }, optional),
    monitoring: fc.record(
      {
        fields: fc.constantFrom("create", "none"),
        capacityQps: fc.integer({ min: 1, max: 9999 }),
        thresholds: fc.record({ diskPercent: percent }),
      },
      optional,
    ),
  },
  optional,
);

/** Sound settings of every shape. */
export const sound: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(servers, others)
  .map(([some, more]) => ({ ...more, ...some }));
