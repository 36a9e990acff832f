import { setTimeout as sleep } from "node:timers/promises";
import { connect, listAccount } from "../account";
import type { Json } from "../engine/props";
import { bringUpIn, type Live, type Server } from "../live";
import { paces } from "../rehearsal";
import { until } from "../shared/until";
import type { Drill, Scene } from "./drill";
import { settingsByKey } from "./shapes";

/** What holds data or serves it; the bucket, the network and the names stay. */
const mortal = ["droplets", "load_balancers", "volumes"];

const takeFull = "systemctl start database-backup-full.service";
const shipLogs = "database-backup-binlog.service";

const restore = (mode: "cluster" | "primary-replica"): Drill => ({
  name: mode === "cluster" ? "restore-cluster" : "restore",
  promise:
    "Every server and volume destroyed under load: a new stack restored to a second has every write that was acknowledged a second before it, and none that was begun at it or later.",
  settings: { database: { mode } },
  run: (scene) => restoreIntoNew(scene, { database: { mode } }),
});

/** The restore in both modes in which the servers run the database. */
export const restores = [restore("primary-replica"), restore("cluster")];

async function restoreIntoNew(scene: Scene, settings: { database: { mode: string } }): Promise<void> {
  const { live, load, phase, signal } = scene;
  phase("before");
  await sleep(5000, undefined, { signal });
  phase("full backup");
  const [server] = databases(live);
  await live.nodes.run(server?.name ?? "", ["sh", "-c", `touch /srv/database/node/backup-now; ${takeFull}`]);
  await sleep(10_000, undefined, { signal });
  const moment = Math.ceil(Date.now() / 1000) * 1000;
  await sleep(moment + 5000 - Date.now(), undefined, { signal });
  await load.stop();
  for (const { name } of databases(live)) await live.nodes.run(name, ["systemctl", "start", shipLogs]);
  const source = await sourceOf(live);
  await destroy(scene);

  const since = Date.now();
  console.error(`destroyed; restoring to ${new Date(moment).toISOString()}`);
  const restored = await bringUpIn(live.cloud, live.nodes, {
    stack: "restored",
    like: "sandbox",
    values: settingsByKey({
      ...beside,
      database: {
        ...settings.database,
        restoreFrom: { ...source, at: new Date(moment).toISOString().replace(".000", "") },
      },
    }),
    log: console.error,
    signal,
  });
  console.error(`in service ${Math.round((Date.now() - since) / 1000)} s after it was begun`);
  load.isRestored(restored, moment);
}

/** What a stack beside another one in the same accounts has to have otherwise. */
const beside: Record<string, Json> = {
  host: "restored",
  tls: { certificate: "internal" },
  network: { ipRange: "10.31.0.0/20" },
  dns: { zone: "existing" },
  monitoring: { fields: "existing", extractionRules: "existing" },
};

const databases = ({ servers }: Live): Server[] => servers.filter(({ roles }) => roles.includes("db"));

/** What opens the backups: the output `backups` of the stack, which the engine shows nobody, as a server knows it. */
async function sourceOf(live: Live): Promise<{ bucket: string; passphrase: string }> {
  const [server] = databases(live);
  const text = await live.nodes.run(server?.name ?? "", ["cat", "/etc/database/backups.json"]);
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
