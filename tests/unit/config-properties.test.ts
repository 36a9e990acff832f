import { expect } from "chai";
import fc from "fast-check";
import { pathText } from "../../config/paths";
import { repaired } from "../../config/repair";
import { settingsSchema } from "../../config/schema";
import { validate } from "../../config/validate";
import { sound } from "./config-arbitraries";
import { context, faultsOf, settingsOf } from "./config-support";

type Raw = Record<string, unknown>;

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
