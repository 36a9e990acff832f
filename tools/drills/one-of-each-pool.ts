import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "../live";
import { until } from "../shared/until";
import { takes } from "./databases";
import type { Deed, Scene } from "./drill";

/** What happens to a server. */
export interface Fate {
  /** Completes "server-1 …", e.g. `killed`. */
  readonly what: string;
  readonly harm: Deed;
  /** Absent where it comes back by itself. */
  readonly heal?: Deed;
  /** Seconds after the harm in which requests may fail; none by default. */
  readonly tolerated?: number;
}

/** How long all is left alone between two events. */
const calmSeconds = 5;
const returnsWithinSeconds = 180;

/** A server of each pool, never the only database that takes writes, meets its fate and returns. */
export async function oneOfEachPool(scene: Scene, { what, harm, heal, tolerated = 0 }: Fate): Promise<void> {
  const { live, phase, signal } = scene;
  const wait = (seconds: number) => sleep(seconds * 1000, undefined, { signal });
  phase("before");
  await wait(calmSeconds);
  for (const server of victims(scene)) {
    phase(`${server.label} ${what}`, tolerated);
    await harm(live, server);
    await wait(tolerated + calmSeconds);
    phase(`${server.label} returns`);
    const since = Date.now();
    await heal?.(live, server);
    const serves = () => servesSince(scene, server, since);
    await until(`${server.label} did not serve again`, returnsWithinSeconds, serves, signal);
    await wait(calmSeconds);
  }
}

function victims({ live, load }: Scene): Server[] {
  const databases = [...load.seen.keys()].filter((one) => one.startsWith("database "));
  const spared = ({ name }: Server) => databases.length === 1 && databases[0] === `database ${name}`;
  const byPool = new Map(
    live.servers.filter((server) => !spared(server)).map((server) => [poolOf(server), server]),
  );
  return [...byPool.values()];
}

const poolOf = ({ label }: Server): string => label.slice(0, label.lastIndexOf("-"));

async function servesSince({ live, load }: Scene, server: Server, since: number): Promise<boolean> {
  const { label, roles } = server;
  const visible = roles.filter((role) => role !== "db");
  if (visible.some((role) => (load.seen.get(`${role} ${label}`) ?? 0) < since)) return false;
  return !roles.includes("db") || takes(live, server, "reader");
}
