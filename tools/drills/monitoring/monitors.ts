import type { Json } from "../../engine/props";
import { Load } from "../load";
import { nobodysKey } from "../shapes";
import type { MonitoringDrill } from "./drill";
import { faults } from "./faults";
import { hasten } from "./hasten";
import { placeOf } from "./place";
import { quiet, type Trial, tryFault } from "./trial";

/** Enough for shares of requests to tell something. */
const perSecond = 24;

/** The stack's settings of the monitoring: in a shortened window one aborted connection counts as many in five minutes. */
export const monitoringAt = (timeScale: number): Record<string, Json> => ({
  notifications: { email: ["ops@example.com"] },
  thresholds: { abortedConnections: { warning: 10 * timeScale, critical: 100 * timeScale } },
});

export const monitors: MonitoringDrill = {
  name: "monitors",
  promise:
    "Each fault fires the monitors that are meant for it and no others, within two evaluations of its window's end, and they resolve afterwards.",
  settings: (timeScale) => ({
    pools: [{ name: "server", count: 3, roles: ["web", "app", "db"], size: "s-1vcpu-2gb" }],
    access: {
      sshKeys: [nobodysKey],
      adminCidrs: ["198.18.200.7/32"],
    },
    monitoring: monitoringAt(timeScale),
  }),
  async run(watched) {
    const { live, timeScale, signal } = watched;
    await hasten(live, timeScale);
    const load = new Load({ ...live, rate: perSecond, signal });
    try {
      const place = await placeOf(live, load);
      const before = await quiet(watched);
      const trials: Trial[] = [];
      for (const fault of faults.filter(({ name }) => watched.faults?.includes(name) ?? true)) {
        signal.throwIfAborted();
        load.overwhelmed.throwIfAborted();
        trials.push(await tryFault(fault, place, watched));
      }
      return {
        table: [["fault", "fired after", "resolved after", "monitors"], ...trials.map(({ row }) => row)],
        broken: [...before, ...trials.flatMap(({ broken }) => broken)],
      };
    } finally {
      await load.stop();
      load.close();
    }
  },
};
