import type { Json } from "../engine/props";
import { settingsByKey } from "../engine/stackfile";
import { allServe, requireWritesWithin, wait } from "./databases";
import type { Drill } from "./drill";
import { nobodysKey } from "./shapes";

const writesWithinSeconds = 10;
/** Three database servers give way one after the other, each within 20 minutes. */
const updateWithinSeconds = 3600;

/** A change of the stack under load, which the Pulumi CLI makes. */
const drill = (name: string, promise: string, change: Readonly<Record<string, Json>>): Drill => ({
  name,
  promise,
  settings: { database: { mode: "primary-replica" } },
  changesStack: true,
  // Three servers more start meanwhile on the processors of this machine.
  rate: 40,
  async run(scene) {
    const { live, phase } = scene;
    phase("before");
    await wait(scene, 5);
    phase("changed", updateWithinSeconds);
    const since = Date.now();
    await live.update(settingsByKey(change));
    console.error(`  the update took ${((Date.now() - since) / 1000).toFixed(0)} s`);
    await allServe(scene);
    requireWritesWithin(scene, writesWithinSeconds, since);
    phase("after");
    await wait(scene, 10);
  },
});

/** What a change of the settings costs that replaces all servers with a database. */
export const databaseChanged: readonly Drill[] = [
  drill(
    "database-replaced",
    `Every server with a database is replaced, one after the other: writes never stop for ${writesWithinSeconds} s, and every row is found.`,
    { access: { adminCidrs: ["203.0.113.7/32"], sshKeys: [nobodysKey] } },
  ),
  drill(
    "password-rotated",
    `The database's passwords take their next turn: writes never stop for ${writesWithinSeconds} s, and every row is found.`,
    { database: { mode: "primary-replica", passwordGeneration: 2 } },
  ),
];
