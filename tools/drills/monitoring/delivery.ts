import { setTimeout as sleep } from "node:timers/promises";
import type { Live, Server } from "../../live";
import type { MonitoringDrill, Watched } from "./drill";
import { sumoLogicCall } from "./sumologic";
import { Visits } from "./visits";

const requests = 100_000;
const perSecond = 400;
const mostDuplicates = 0.001;
const arrivedWithinSeconds = 180;

/** What becomes of the receiving side, and when, in seconds of the load. */
const failing = { path: "^/receiver/", share: 0.5, effect: "503" };
const away = { path: "^/receiver/", effect: "drop" };
const awayAt = 40;
const backAt = 100;
const killedAt = 150;

export const delivery: MonitoringDrill = {
  name: "delivery",
  tls: "passthrough",
  promise: `Of ${requests} requests every line of the access logs arrives, less than ${100 * mostDuplicates} % of them twice, although the receiving side fails half the time, is away for a minute, and an agent is killed and back only after its logs were rotated.`,
  async run(watched) {
    const { live, signal } = watched;
    const from = Date.now();
    const visits = new Visits({ ...live, signal }, (seconds) => Math.min(requests, perSecond * seconds));
    await troubles(watched, visits).finally(() => visits.stop());
    await faults(live, []);
    watched.log("the receiving side is well again");
    const servers = live.servers.filter(({ roles }) => roles.includes("web"));
    const written = await Promise.all(servers.map((server) => writtenBy(live, server)));
    let arrived: Map<string, number>[] = [];
    for (const until = Date.now() + arrivedWithinSeconds * 1000; ; await sleep(2000)) {
      arrived = await Promise.all(servers.map((server) => arrivedFrom(live, server, from)));
      const complete = written.every((ids, at) => ids.every((id) => arrived[at]?.has(id)));
      if (complete || Date.now() > until) break;
    }
    const rows = servers.map(({ name }, at) => compared(name, written[at] ?? [], arrived[at] ?? new Map()));
    const sum = (key: "written" | "lost" | "duplicates") => rows.reduce((total, row) => total + row[key], 0);
    const all = { name: "all", written: sum("written"), lost: sum("lost"), duplicates: sum("duplicates") };
    return {
      table: [
        ["server", "lines written", "lost", "duplicates", ""],
        ...[...rows, all].map((row) => [
          row.name,
          ...[row.written, row.lost, row.duplicates].map(String),
          "",
        ]),
      ],
      broken: [
        ...(all.written < requests ? [`Only ${all.written} lines were written.`] : []),
        ...(all.lost > 0 ? [`${all.lost} lines are lost.`] : []),
        ...(all.duplicates > mostDuplicates * all.written ? [`${all.duplicates} lines came twice.`] : []),
      ],
    };
  },
};

async function troubles({ live, log, signal }: Watched, visits: Visits): Promise<void> {
  const wait = (seconds: number) => sleep(seconds * 1000, undefined, { signal });
  log("the receiving side fails half the time");
  await faults(live, [failing]);
  await wait(awayAt);
  log("the receiving side is away");
  await faults(live, [away]);
  await wait(backAt - awayAt);
  log("the receiving side fails half the time");
  await faults(live, [failing]);
  await wait(killedAt - backAt);
  const [victim] = live.servers;
  log(`the agent of ${victim?.label} is killed, and its logs are rotated`);
  await live.nodes.run(victim?.name ?? "", ["sh", "-euc", killAndRotate]);
  while (visits.sent < requests) await wait(1);
}

/** With lines between that only what is rotated holds. */
const killAndRotate = `
systemctl kill --signal=KILL agent.service
systemctl stop agent.service
sleep 2
logrotate --force /etc/logrotate.d/nginx
systemctl start agent.service
`;

const faults = ({ cloud }: Live, list: Record<string, string | number>[]) =>
  sumoLogicCall(cloud, "PUT", "_local/faults", { faults: list });

async function writtenBy({ nodes }: Live, { name }: Server): Promise<string[]> {
  const find = `grep -aohE '"request_id":"[0-9a-f]+"' /var/log/nginx/access.log*`;
  return (await nodes.run(name, ["sh", "-euc", find]))
    .split("\n")
    .filter(Boolean)
    .map((line) => line.slice(14, -1));
}

/** How often each request's line is there. */
async function arrivedFrom({ cloud }: Live, { name }: Server, from: number): Promise<Map<string, number>> {
  const query = `_sourceHost=${name} _sourceCategory=*/nginx/access | json "request_id" | count by request_id`;
  const { rows } = await cloud.sumologic.queries.runLogQuery(query, { from: from - 600_000, to: Date.now() });
  return new Map(rows.map((row) => [String(row.request_id), Number(row._count)]));
}

function compared(name: string, written: readonly string[], arrived: ReadonlyMap<string, number>) {
  const counts = written.map((id) => arrived.get(id) ?? 0);
  return {
    name,
    written: written.length,
    lost: counts.filter((count) => count === 0).length,
    duplicates: counts.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
  };
}
