import { setTimeout as sleep } from "node:timers/promises";
import type { Live, Server } from "../../live";
import { until } from "../../shared/until";
import { Load } from "../load";
import { type Alert, alertsOf } from "./alerts";
import type { MonitoringDrill, Watched } from "./drill";
import { type Fault, faults, type Place } from "./faults";
import { hasten } from "./hasten";

/** Enough for shares of requests to tell something. */
const perSecond = 24;
/** From the fault to the alert: the window that has to fill, two evaluations, and the way of the data. */
const minutes = { toFire: 5 + 2, toResolve: 15, quiet: 3 };
const wayOfDataSeconds = 15;

export const monitors: MonitoringDrill = {
  name: "monitors",
  promise: `Each of ${faults.length} faults fires the monitors that are meant for it and no others, within two evaluations of its window's end, and they resolve afterwards.`,
  settings: {
    pools: [{ name: "server", count: 3, roles: ["web", "app", "db"], size: "s-1vcpu-2gb" }],
    access: {
      sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA nobody"],
      adminCidrs: ["198.18.200.7/32"],
    },
    monitoring: {
      notifications: { email: ["ops@example.com"] },
      // In a shortened window a single one counts as many in five minutes.
      thresholds: { abortedConnections: { warning: 1000, critical: 2000 } },
    },
  },
  async run(watched) {
    const { live, timeScale, signal } = watched;
    await hasten(live, timeScale);
    const load = new Load({ ...live, rate: perSecond, signal });
    try {
      const place = { live, load, ...(await parts(live)) };
      const before = await quiet(watched);
      const results: Result[] = [];
      for (const fault of faults) {
        signal.throwIfAborted();
        load.overwhelmed.throwIfAborted();
        results.push(await suffer(fault, place, watched));
      }
      return {
        table: [["fault", "fired after", "resolved after", "monitors"], ...results.map(({ row }) => row)],
        broken: [...before, ...results.flatMap(({ broken }) => broken)],
      };
    } finally {
      await load.stop();
      load.close();
    }
  },
};

interface Result {
  readonly row: readonly string[];
  readonly broken: readonly string[];
}

async function suffer(fault: Fault, place: Place, watched: Watched): Promise<Result> {
  const { live } = watched;
  watched.log(fault.name);
  const before = new Set((await alertsOf(live)).map(({ id }) => id));
  const fresh = async () => (await alertsOf(live)).filter(({ id }) => !before.has(id));

  const harmed = Date.now();
  await fault.harm(place);
  const hasFired = (alerts: readonly Alert[]) =>
    fault.fires.every((name) => alerts.some(({ monitor }) => monitor === name));
  const fired = await within(minutes.toFire, watched, async () => hasFired(await fresh()));
  const firedAfter = (Date.now() - harmed) / 1000;

  const healed = Date.now();
  await fault.heal(place);
  const resolved = await within(minutes.toResolve, watched, async () =>
    (await fresh()).every(({ isActive }) => !isActive),
  );
  const resolvedAfter = (Date.now() - healed) / 1000;

  const alerts = await fresh();
  const names = [...new Set(alerts.map(({ monitor }) => monitor))];
  const missing = fault.fires.filter((name) => !names.includes(name));
  const meant = [...fault.fires, ...(fault.mayFire ?? [])];
  const others = alerts.filter(({ monitor }) => !meant.includes(monitor));
  watched.log(
    `  fired after ${firedAfter.toFixed(0)} s, resolved after ${resolvedAfter.toFixed(0)} s: ${alerts.map(({ monitor, about }) => `${monitor} ${about}`).join("; ")}`,
  );
  const open = alerts.filter(({ isActive }) => isActive);
  return {
    row: [
      fault.name,
      fired ? `${firedAfter.toFixed(0)} s` : "never",
      resolved ? `${resolvedAfter.toFixed(0)} s` : "never",
      names.join(", "),
    ],
    broken: [
      ...missing.map((name) => `${fault.name}: ${name} did not fire.`),
      ...others.map(({ monitor, about }) => `${fault.name}: ${monitor} fired as well (${about}).`),
      ...open.map(({ monitor, about }) => `${fault.name}: ${monitor} did not resolve (${about}).`),
    ],
  };
}

/** Waits until every monitor is content, which it must stay for a while. @returns those that are not, in words. */
async function quiet(watched: Watched): Promise<string[]> {
  watched.log("waiting until no monitor has anything to tell");
  const active = async () => (await alertsOf(watched.live)).filter(({ isActive }) => isActive);
  let since = Date.now();
  const isQuiet = async () => {
    if ((await active()).length > 0) since = Date.now();
    return Date.now() - since > (minutes.quiet * 60_000) / watched.timeScale;
  };
  if (await within(minutes.toResolve, watched, isQuiet)) return [];
  return (await active()).map(
    ({ monitor, about }) => `Before anything was done: ${monitor} fires (${about}).`,
  );
}

/** Looks again and again, for so many minutes of shortened time. @returns whether it came to that. */
async function within(
  limit: number,
  { timeScale, signal }: Watched,
  look: () => Promise<boolean>,
): Promise<boolean> {
  const end = Date.now() + (limit * 60_000) / timeScale + wayOfDataSeconds * 1000;
  while (!(await look())) {
    if (Date.now() > end) return false;
    await sleep(500, undefined, { signal });
  }
  return true;
}

/** Who takes writes, and who is to suffer. */
async function parts({ nodes, servers }: Live): Promise<{ writer: Server; victim: Server }> {
  const asked = [
    "curl",
    "-sSf",
    "-m",
    "3",
    "--cacert",
    "/etc/tls/authority.pem",
    "https://localhost:9200/writer",
  ];
  let writer: Server | undefined;
  await until("No server took writes", 30, async () => {
    for (const server of servers) {
      const takes = await nodes.run(server.name, asked).then(
        () => true,
        () => false,
      );
      if (takes) writer = server;
    }
    return writer !== undefined;
  });
  const victim = servers.find((server) => server !== writer);
  if (!writer || !victim) throw new Error("The drill needs a second server.");
  return { writer, victim };
}
