import { cliVersion } from "../../tools/pulumi-cli";
import { type Base, bases } from "./cases";
import { withStack } from "./engine";
import { Plans } from "./foreseen";
import { digest, type Recorded, recorded, save } from "./recording";

/**
 * `npm run plan:record`: asks the real engine, on the PATH with its plugins, for what the tests hold plans against.
 * Changes that were recorded of this very program are kept, so that it may be broken off and begun again.
 */
async function main(): Promise<void> {
  const engine = cliVersion();
  if (engine === undefined) throw new Error("There is no Pulumi CLI on the PATH.");
  for (const [name, base] of Object.entries(bases)) await record(name, base, engine);
}

async function record(name: string, { settings, changes }: Base, engine: string): Promise<void> {
  const head = { engine, program: (await Plans.of(settings)).program(), settings: digest(settings) };
  const before = recorded(name);
  const isOfThis = before.program === head.program && before.settings === head.settings;
  const wanted = Object.entries(changes).map(([change, own]) => {
    const ofThese = digest(own);
    const had = isOfThis ? before.changes[change] : undefined;
    return { change, own, ofThese, had: had?.settings === ofThese ? had : undefined };
  });
  const missing = wanted.filter(({ had }) => had === undefined);
  console.log(`${name}: ${missing.length} of ${wanted.length} changes to record`);
  if (missing.length === 0) return;
  const done = new Map<string, Recorded>();
  for (const { change, had } of wanted) if (had) done.set(change, had);
  await withStack(settings, async ({ resources, ask }) => {
    for (const { change, own, ofThese } of missing) {
      console.log(`  ${change}`);
      done.set(change, { settings: ofThese, outcome: await ask({ ...settings, ...own }) });
      save(name, { ...head, resources, changes: Object.fromEntries(done) });
    }
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
