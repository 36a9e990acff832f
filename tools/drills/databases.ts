import { setTimeout as sleep } from "node:timers/promises";
import type { Live, Server } from "../live";
import { until } from "../shared/until";
import type { Scene } from "./drill";

/** How long a server may take to serve again after what was done to it. */
const returnsWithinSeconds = 180;

/** The servers with a database of their own. */
export const databases = ({ servers }: Live): Server[] => servers.filter(({ roles }) => roles.includes("db"));

/** Whether a database server says that it takes `writer` or `reader` connections; no where it does not answer. */
export async function takes(live: Live, { name }: Server, what: "reader" | "writer"): Promise<boolean> {
  const url = `https://localhost:9200/${what}`;
  const ask = ["curl", "-sSf", "-m", "3", "--cacert", "/etc/tls/authority.pem", url];
  return live.nodes.run(name, ask).then(
    () => true,
    () => false,
  );
}

/** The one server that takes writes, and the others. @throws when it is not one. */
export async function writerAndReplicas(live: Live): Promise<{ writer: Server; replicas: Server[] }> {
  const all = databases(live);
  const write = await Promise.all(all.map((server) => takes(live, server, "writer")));
  const [writer, ...more] = all.filter((_, index) => write[index]);
  if (!writer || more.length > 0) throw new Error(`${write.filter(Boolean).length} servers take writes.`);
  return { writer, replicas: all.filter((server) => server !== writer) };
}

/** The id of the cluster that a node is in the majority of; empty where it is not. @throws where MariaDB does not run */
export async function clusterOf({ nodes }: Live, { name }: Server): Promise<string> {
  const status = await nodes.run(name, ["mariadb", "-BNe", "SHOW STATUS LIKE 'wsrep_cluster_%'"]);
  if (!/^wsrep_cluster_status\tPrimary$/m.test(status)) return "";
  const id = /^wsrep_cluster_state_uuid\t(\S+)$/m.exec(status)?.[1];
  if (id === undefined) throw new Error(`${name} does not say which cluster it is in.`);
  return id;
}

export const wait = ({ signal }: Scene, seconds: number): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal });

/** Resolves once every one of the database servers takes part again by itself. */
export async function allServe({ live, signal }: Scene): Promise<void> {
  for (const server of databases(live)) {
    const serves = async () => (await takes(live, server, "reader")) || takes(live, server, "writer");
    await until(`${server.label} did not serve again`, returnsWithinSeconds, serves, signal);
  }
}

/** @throws when for longer than this no write was acknowledged since a time (milliseconds of the epoch). */
export function requireWritesWithin({ load }: Scene, seconds: number, since: number): void {
  const times = [since, ...load.acknowledgedAt.filter((time) => time > since), Date.now()];
  const silent = Math.max(...times.map((time, index) => time - (times[index - 1] ?? time))) / 1000;
  console.error(`  longest time without an acknowledged write: ${silent.toFixed(1)} s`);
  if (silent > seconds) {
    throw new Error(`For ${silent.toFixed(1)} s no write was acknowledged; ${seconds} s are allowed.`);
  }
}

/** @throws when a write was acknowledged between two times (milliseconds of the epoch). */
export function requireNoWrites({ load }: Scene, from: number, to: number): void {
  const count = load.acknowledgedAt.filter((time) => time > from && time < to).length;
  if (count > 0) throw new Error(`${count} writes were acknowledged where none may be.`);
}
