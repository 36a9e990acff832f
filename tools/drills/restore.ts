import { connect, listAccount } from "../account";
import { settingsByKey } from "../engine/stackfile";
import { bringUpIn } from "../live";
import { paces } from "../rehearsal";
import { until } from "../shared/until";
import { backUp, logsUntil, sourceOf } from "./backing-up";
import { beside } from "./beside";
import { databases, wait } from "./databases";
import type { Drill, Scene } from "./drill";

/** What holds data or serves it; the bucket, the network and the names stay. */
const mortal = ["droplets", "load_balancers", "volumes"];

const restore = (mode: "cluster" | "primary-replica"): Drill => ({
  name: mode === "cluster" ? "restore-cluster" : "restore",
  promise:
    "Every server and volume destroyed under load: a new stack restored to a second has every write that was acknowledged a second before it, and none that was begun at it or later.",
  settings: { database: { mode } },
  run: (scene) => restoreIntoNew(scene, mode),
});

/** The restore in both modes in which the servers run the database. */
export const restores = [restore("primary-replica"), restore("cluster")];

async function restoreIntoNew(scene: Scene, mode: string): Promise<void> {
  const { live, load, phase, signal } = scene;
  // What a backup costs the visitors of a small machine is no part of the promise.
  phase("backed up", 600);
  await wait(scene, 5);
  // One that hardly ever is the writer, as the servers choose too.
  const server = databases(live).at(-1);
  if (!server) throw new Error("There is no database server.");
  await backUp(live, server);
  // On a fast machine no log has been shipped yet, and the next one's age is counted from the last.
  await logsUntil(scene, server, 1);
  await wait(scene, 10);
  const moment = Math.ceil(Date.now() / 1000);
  await wait(scene, 2);
  const behind = await logsUntil(scene, server, moment);
  console.error(`  RPO: what was written just after a log was ended was in the bucket ${behind} s later`);
  await load.stop();
  const { name: bucket, passphrase } = await sourceOf(live, server);

  const since = Date.now();
  await destroy(scene);
  const at = new Date(moment * 1000).toISOString().replace(".000", "");
  console.error(`destroyed; restoring to ${at}`);
  const restored = await bringUpIn(live.cloud, live.nodes, {
    stack: "restored",
    like: "sandbox",
    values: settingsByKey({
      ...beside("restored", "10.31.0.0/20"),
      database: { mode, restoreFrom: { bucket, passphrase, at } },
    }),
    log: console.error,
    signal,
  });
  const seconds = Math.round((Date.now() - since) / 1000);
  console.error(`  RTO: in service ${seconds} s after the destruction had begun`);
  load.isRestored(restored, moment * 1000);
}

async function destroy({ live, signal }: Scene): Promise<void> {
  const { digitalocean } = connect(live.cloud, paces.instant);
  for (const collection of mortal) {
    const left = async () =>
      (await listAccount(live.cloud, paces.instant)).filter((one) => one.collection === collection);
    for (const { path } of await left()) await digitalocean.call("DELETE", path);
    await until(`Not all ${collection} went`, 60, async () => (await left()).length === 0, signal);
  }
}
