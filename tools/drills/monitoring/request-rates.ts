import { z } from "zod";
import type { Live } from "../../live";
import { sumoLogicCall } from "./sumologic";

/** Requests a second by what they are of, e.g. `sandbox-server-1 peak` and `all mean`. */
export type Rates = ReadonlyMap<string, number>;

export interface Period {
  /** Milliseconds of the epoch. */
  readonly from: number;
  readonly to: number;
}

const dashboards = z.object({
  dashboards: z.array(
    z.object({
      title: z.string(),
      panels: z.array(
        z.object({ key: z.string(), queries: z.array(z.object({ queryString: z.string() })).default([]) }),
      ),
    }),
  ),
});

/**
 * What there was: of each server by its own access log, of the site by its visitors; but for its busiest second, at whose
 * edges those are answered a little later than nginx writes.
 */
export async function actualRates(live: Live, answers: readonly number[], period: Period): Promise<Rates> {
  const rates = new Map<string, number>();
  const logged: number[] = [];
  for (const server of webServers(live)) {
    const times = (await loggedBy(live, server)).filter((time) => time >= period.from && time < period.to);
    logged.push(...times);
    rates.set(`${server} mean`, mean(times, period));
    rates.set(`${server} peak`, busiest(times, 1));
    rates.set(`${server} minute`, busiest(times, 60));
  }
  rates.set("all mean", mean(answers, period));
  rates.set("all peak", busiest(logged, 1));
  rates.set("all minute", busiest(answers, 60));
  return rates;
}

/** What the dashboard Web shows: its tables of means and peaks, and the highest points of its chart. */
export async function shownRates(live: Live, period: Period): Promise<Rates> {
  const rates = new Map<string, number>();
  const tables = await Promise.all(
    ["qps-peak", "qps-peak-of-all"].map((panel) => panelRows(live, panel, period)),
  );
  for (const { _sourceHost: of = "all", mean, peak } of tables.flat()) {
    rates.set(`${of} mean`, Number(mean));
    rates.set(`${of} peak`, Number(peak));
  }
  for (const { _timeslice, ...byServer } of await panelRows(live, "qps", period)) {
    const sum = Object.values(byServer).reduce<number>((total, rate) => total + Number(rate), 0);
    for (const [name, rate] of [...Object.entries(byServer), ["all", sum] as const])
      rates.set(`${name} minute`, Math.max(Number(rate), rates.get(`${name} minute`) ?? 0));
  }
  return rates;
}

export const webServers = ({ servers }: Live): string[] =>
  servers.filter(({ roles }) => roles.includes("web")).map(({ name }) => name);

async function panelRows({ cloud }: Live, key: string, period: Period) {
  const found = dashboards.parse(await sumoLogicCall(cloud, "GET", "api/v2/dashboards?limit=100"));
  const web = found.dashboards.find(({ title }) => title.endsWith(": Web"));
  const query = web?.panels.find((panel) => panel.key === key)?.queries[0]?.queryString;
  if (query === undefined) throw new Error(`The dashboard Web has no panel ${key}.`);
  return (await cloud.sumologic.queries.runLogQuery(query, period)).rows;
}

/** When the server's nginx answered each visitor. */
async function loggedBy({ nodes }: Live, server: string): Promise<number[]> {
  const pick = 's/^\\{"epoch":([0-9.]+),.*"caller":"visitor",.*/\\1/p';
  const said = await nodes.run(server, ["sed", "-nE", pick, "/var/log/nginx/access.log"]);
  return said
    .split("\n")
    .filter(Boolean)
    .map((epoch) => 1000 * Number(epoch));
}

const mean = (times: readonly number[], { from, to }: Period) => (1000 * times.length) / (to - from);

/** The most a second in slices of so many seconds. */
function busiest(times: readonly number[], seconds: number): number {
  const counts = new Map<number, number>();
  for (const time of times) {
    const slice = Math.floor(time / 1000 / seconds);
    counts.set(slice, (counts.get(slice) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values()) / seconds;
}
