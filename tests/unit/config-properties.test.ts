import { expect } from "chai";
import fc from "fast-check";
import { pathText } from "../../config/faults";
import { options } from "../../config/options";
import { rules } from "../../config/rules";
import { settingsSchema } from "../../config/schema";
import { repaired } from "../../config/schema-faults";
import { validate } from "../../config/validate";
import { context, faultsOf, settingsOf } from "./config-support";

type Raw = Record<string, unknown>;

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

const sound: fc.Arbitrary<Raw> = fc.tuple(servers, others).map(([some, more]) => ({ ...more, ...some }));

/** The places of all keys of named options; those of a map are the user's own. */
function keyPlaces(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (path.at(-1) === "environment" && path.length > 1) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => keyPlaces(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...keyPlaces(item, [...path, key])]);
}

/** Renames the key at a place of a deep copy. */
function renamed(raw: Raw, place: readonly (string | number)[], to: string): Raw {
  const copy = structuredClone(raw);
  const parent = place.slice(0, -1).reduce<unknown>((value, key) => (value as Raw)[key], copy) as Raw;
  const key = place.at(-1) as string;
  parent[to] = parent[key];
  delete parent[key];
  return copy;
}

describe("settings, at random", () => {
  it("are accepted when sound, as they are and as Pulumi hands them over", () => {
    fc.assert(
      fc.property(sound, (raw) => {
        const text = Object.entries(raw).map(([key, value]) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
        ]);
        expect(settingsOf(Object.fromEntries(text))).to.deep.equal(settingsOf(raw));
      }),
    );
  });

  it("are told the exact place of a key that is not known", () => {
    fc.assert(
      fc.property(sound, fc.nat(), fc.constantFrom("x", "xx", "X_", "zzzzzzzz"), (raw, pick, suffix) => {
        const places = keyPlaces(raw);
        const place = places[pick % places.length] ?? [];
        const wrong = `${String(place.at(-1))}${suffix}`;
        const unknown = faultsOf(renamed(raw, place, wrong)).filter(
          ({ limit }) => limit === "no such option",
        );
        expect(unknown.map(({ path }) => path)).to.deep.equal([pathText([...place.slice(0, -1), wrong])]);
      }),
    );
  });

  it("are told the right name for a key with one letter too many", () => {
    fc.assert(
      fc.property(sound, fc.nat(), (raw, pick) => {
        const places = keyPlaces(raw).filter((place) => String(place.at(-1)).length > 2);
        const place = places[pick % places.length] ?? [];
        const key = String(place.at(-1));
        const [fault] = faultsOf(renamed(raw, place, `${key}s`)).filter(
          ({ limit }) => limit === "no such option",
        );
        expect(fault?.mend).to.include(`"${key}"`);
      }),
    );
  });

  it("never make the validator throw, whatever they hold", () => {
    const anything = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys(settingsSchema.shape)), fc.string()),
      fc.oneof(fc.jsonValue(), fc.json()),
    );
    fc.assert(
      fc.property(anything, fc.string(), (raw, stack) => {
        const before = structuredClone(raw);
        const checked = validate(raw, { ...context, stack });
        expect("faults" in checked ? checked.faults.length : 1).to.be.greaterThan(0);
        expect(raw).to.deep.equal(before);
      }),
      { numRuns: 300 },
    );
  });

  it("let the rules see the rest, however many values are wrong", () => {
    const places = fc.tuple(
      sound,
      fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(-1, "", "§", [], {}, null, true),
    );
    fc.assert(
      fc.property(places, ([raw, picks, wrong]) => {
        const copy = structuredClone({ ...raw, access: { adminCidrs: ["0.0.0.0/0"] } }) as Raw;
        for (const pick of picks) {
          const all = keyPlaces(copy).filter(([section]) => section !== "access");
          const place = all[pick % all.length] ?? [];
          const parent = place.slice(0, -1).reduce<unknown>((value, key) => (value as Raw)[key], copy) as Raw;
          parent[place.at(-1) as string] = wrong;
        }
        const parsed = settingsSchema.safeParse(copy);
        if (!parsed.success)
          expect(settingsSchema.safeParse(repaired(copy, parsed.error.issues)).success).to.equal(true);
        expect(faultsOf(copy).map(({ path }) => path)).to.include("access.adminCidrs[0]");
      }),
      { numRuns: 200 },
    );
  });
});

describe("the schema", () => {
  it("says in words what every option is for, and what it allows", () => {
    for (const { path, description, limits, type, secret } of options()) {
      if (path.endsWith("]")) continue;
      expect(description, path).to.match(/[.…]$/);
      if (type === "text" && !secret) expect(limits, path).not.to.equal("");
    }
  });

  it("has a stand-in that is sound for every required option", () => {
    for (const { path, required, example, secret } of options()) {
      if (required && !secret) expect(example, path).not.to.equal(undefined);
    }
  });
});

describe("the rules", () => {
  /** Records which options a rule reads, as `Rule.compares` names them. */
  function recorded<T extends object>(value: T, read: Set<string>, path = ""): T {
    return new Proxy(value, {
      get(target, key, receiver) {
        const found: unknown = Reflect.get(target, key, receiver);
        if (typeof key === "symbol" || !Object.hasOwn(target, key) || key === "length") return found;
        const place = Array.isArray(target) ? `${path}[]` : path ? `${path}.${key}` : key;
        if (typeof found === "object" && found !== null) return recorded(found, read, place);
        read.add(place);
        return found;
      },
    });
  }

  it("name every option that they hold against another", () => {
    const settings = settingsOf({
      database: { mode: "cluster" },
      monitoring: { folder: "existing", folderId: "0".repeat(16) },
    });
    for (const rule of rules.filter(({ compares }) => compares.length > 0)) {
      const read = new Set<string>();
      rule.check(recorded(settings, read), context);
      for (const option of read)
        expect(
          rule.compares.some(
            (named) => option === named || option.startsWith(`${named}.`) || option.startsWith(`${named}[`),
          ),
          `${option}, not among ${rule.compares.join(", ")}`,
        ).to.equal(true);
    }
  });
});
