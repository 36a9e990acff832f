import { expect } from "chai";
import { cliVersion } from "../../tools/pulumi-cli";
import { bases } from "./cases";
import { withStack } from "./engine";
import { type Planned, Plans } from "./foreseen";
import { digest, type Operations, type Outcome, recorded } from "./recording";

const renew = "npm run plan:record, with a Pulumi CLI and the providers' plugins on this machine, renews it";

/** What the real engine says of a change, and a plan without it, have to be the same. */
describe("plans and the real engine's previews", function () {
  this.timeout(60_000);
  const limit = Error.stackTraceLimit;
  before(() => {
    // As in the process of a plan.
    process.setSourceMapsEnabled(false);
    Error.stackTraceLimit = 2;
  });
  after(() => {
    process.setSourceMapsEnabled(true);
    Error.stackTraceLimit = limit;
  });

  it("are compared for thirty changes or more", () => {
    const changes = Object.values(bases).flatMap((base) => Object.keys(base.changes));
    expect(changes.length).to.be.at.least(30);
  });

  for (const [base, { settings, changes }] of Object.entries(bases)) {
    describe(`of ${base}`, () => {
      const recording = recorded(base);
      let isOfThis: boolean;
      let plans: Plans;
      before(async () => {
        plans = await Plans.of(settings);
        isOfThis = recording.program === plans.program();
        if (!isOfThis)
          console.log(
            `    recorded of another version of the program; what only one of them has is left out. ${renew}`,
          );
      });

      it("are of these settings", () => {
        expect(recording.settings, renew).to.equal(digest(settings));
        expect(Object.keys(recording.changes), renew).to.have.members(Object.keys(changes));
      });

      for (const [change, own] of Object.entries(changes)) {
        it(`agree on ${change}`, async () => {
          const { settings: ofThese, outcome } = recording.changes[change] ?? {};
          expect(ofThese, renew).to.equal(digest(own));
          const [ours, theirs] = [await plans.ask({ ...settings, ...own }), outcome as Outcome];
          expectSame(ours, theirs, isOfThis ? undefined : inBoth(ours, theirs, recording.resources));
        });
      }

      it("agree, live", async function () {
        if (process.env.LIVE_PREVIEWS === undefined || cliVersion() === undefined) {
          console.log("      skipped: wants LIVE_PREVIEWS=1, a Pulumi CLI on the PATH, and some minutes");
          this.skip();
        }
        this.timeout(1_800_000);
        await withStack(settings, async ({ ask }) => {
          for (const own of Object.values(changes)) {
            const changed = { ...settings, ...own };
            expectSame(await plans.ask(changed), await ask(changed));
          }
        });
      });
    });
  }
});

/** The resources that the program had when it was recorded, and has. */
function inBoth(plan: Planned, engine: Outcome, resources: readonly string[]): ReadonlySet<string> {
  const touched = "refused" in engine ? engine.refused : keysOf(engine);
  const then = new Set([...resources, ...touched]);
  return new Set([...keysOf(plan), ...plan.same, ...plan.refused].filter((key) => then.has(key)));
}

const keysOf = ({ create, update, replace, delete: deleted }: Operations): string[] => [
  ...create,
  ...Object.keys(update),
  ...Object.keys(replace),
  ...deleted,
];

/** @param only the resources that are compared; undefined for all */
function expectSame(plan: Planned, engine: Outcome, only?: ReadonlySet<string>): void {
  const kept = (keys: readonly string[]) => keys.filter((key) => only?.has(key) ?? true);
  if ("refused" in engine) {
    expect(plan.refused, "refused").to.deep.equal(engine.refused);
    return;
  }
  expect(plan.refused, "refused").to.deep.equal([]);
  for (const operation of ["create", "delete"] as const)
    expect(kept(plan[operation]), operation).to.deep.equal(kept(engine[operation]));
  for (const operation of ["update", "replace"] as const) {
    expect(kept(Object.keys(plan[operation])), operation).to.deep.equal(kept(Object.keys(engine[operation])));
  }
  const inputs = (operation: "update" | "replace") =>
    kept(Object.keys(engine[operation])).map(
      (key) => [key, plan[operation][key], engine[operation][key]] as const,
    );
  for (const [key, ours, theirs] of inputs("update")) {
    // With a change the provider may count what it fills in by itself.
    expect(ours, `update ${key}`).not.to.deep.equal([]);
    expect(theirs, `update ${key}`).to.include.members([...(ours ?? [])]);
  }
  for (const [key, ours, theirs] of inputs("replace")) {
    // What goes for the sake of something that it depends on is made anew, and the engine names no input.
    if (theirs?.length === 0) expect(plan.deletedFirst).to.include(key);
    else expect(ours, `replace ${key}`).to.deep.equal(theirs);
  }
}
