import { connect, listAccount } from "../account";
import type { Json } from "../engine/props";
import { bringUpIn, type Live, type Server } from "../live";
import { paces } from "../rehearsal";
import { until } from "../shared/until";
import { databases, wait } from "./databases";
import type { Drill, Scene } from "./drill";
import { settingsByKey } from "./shapes";

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
  await wait(scene, 10);
  const moment = Math.ceil(Date.now() / 1000);
  await wait(scene, 2);
  await logsFrom(scene, server, moment);
  await load.stop();
  const source = await sourceOf(live, server);

  const since = Date.now();
  await destroy(scene);
  const at = new Date(moment * 1000).toISOString().replace(".000", "");
  console.error(`destroyed; restoring to ${at}`);
  const restored = await bringUpIn(live.cloud, live.nodes, {
    stack: "restored",
    like: "sandbox",
    values: settingsByKey({ ...beside, database: { mode, restoreFrom: { ...source, at } } }),
    log: console.error,
    signal,
  });
  const seconds = Math.round((Date.now() - since) / 1000);
  console.error(`  RTO: in service ${seconds} s after the destruction had begun`);
  load.isRestored(restored, moment * 1000);
}

const backUp = ({ nodes }: Live, { name }: Server): Promise<string> =>
  nodes.run(name, [
    "sh",
    "-c",
    "touch /srv/database/node/backup-now; systemctl start database-backup-full.service",
  ]);

/** Resolves once the timer has shipped what was written until a moment (seconds of the epoch). */
async function logsFrom(scene: Scene, server: Server, moment: number): Promise<void> {
  const before = await shipping(scene.live, server);
  let last = before;
  const shipped = async () => {
    last = await shipping(scene.live, server);
    return last.began >= moment && last.ended >= last.began && last.ok;
  };
  await until("The binary logs were not shipped", 180, shipped, scene.signal);
  const seconds = last.ended - before.began;
  console.error(`  RPO: what was written just after a log was ended was in the bucket ${seconds} s later`);
}

/** When the logs were last shipped, in seconds of the epoch, and whether that went well. */
async function shipping({ nodes }: Live, { name }: Server) {
  const properties = "ExecMainStartTimestamp,ExecMainExitTimestamp,ExecMainStatus";
  const unit = "database-backup-binlog.service";
  const shown = await nodes.run(name, [
    "systemctl",
    "show",
    unit,
    "--timestamp=unix",
    `--property=${properties}`,
  ]);
  const value = (property: string) => Number(new RegExp(`${property}=@?(\\d+)`).exec(shown)?.[1] ?? 0);
  return {
    began: value("ExecMainStartTimestamp"),
    ended: value("ExecMainExitTimestamp"),
    ok: value("ExecMainStatus") === 0,
  };
}

/** What a stack beside another one in the same accounts has to have otherwise. */
const beside: Record<string, Json> = {
  host: "restored",
  tls: { certificate: "internal" },
  network: { ipRange: "10.31.0.0/20" },
  dns: { zone: "existing" },
  monitoring: { fields: "existing", extractionRules: "existing" },
};

/** What opens the backups: the output `backups` of the stack, which the engine shows nobody, as a server knows it. */
async function sourceOf({ nodes }: Live, server: Server): Promise<{ bucket: string; passphrase: string }> {
  const text = await nodes.run(server.name, ["cat", "/etc/database/backups.json"]);
  const { name, passphrase } = JSON.parse(text) as { name: string; passphrase: string };
  return { bucket: name, passphrase };
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
