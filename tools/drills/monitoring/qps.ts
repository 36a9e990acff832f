import { setTimeout as sleep } from "node:timers/promises";
import { agentUse } from "./agent-use";
import type { MonitoringDrill, Watched } from "./drill";
import { actualRates, type Rates, shownRates, webServers } from "./request-rates";
import { Visits } from "./visits";

/** Requests a second of the whole site. */
const rates = [50, 200, 500, 600];
/** Of the last rate, which is 200 for each of three servers. */
const most = { cpuPercent: 3, mebibytes: 120 };
const mostDeviation = 0.05;
const shownWithinSeconds = 30;

const runSeconds = 40;
/** In the middle half as many again. */
const burst = { from: 12, seconds: 15, share: 0.5 };

export const qps: MonitoringDrill = {
  name: "qps",
  tls: "passthrough",
  promise: `${rates.slice(0, -1).join(", ")} requests a second show within ${100 * mostDeviation} %, mean and peak, for each server and in sum, within ${shownWithinSeconds} s; at 200 a server the agent takes less than ${most.cpuPercent} % of a core and ${most.mebibytes} MiB.`,
  async run(watched) {
    const table = [
      ["requests a second", "sent", "failed", "deviation", "shown after", "agent CPU", "agent memory", ""],
    ];
    const broken: string[] = [];
    for (const rate of rates) {
      watched.log(`${rate} requests a second`);
      const { visits, deviation, seconds, cpuPercent, mebibytes } = await measure(watched, rate);
      table.push([
        String(rate),
        String(visits.sent),
        String(visits.failed),
        `${(100 * deviation).toFixed(1)} %`,
        `${seconds.toFixed(0)} s`,
        `${cpuPercent.toFixed(1)} %`,
        `${mebibytes.toFixed(0)} MiB`,
        "",
      ]);
      watched.log(table.at(-1)?.join("  ") ?? "");
      if (visits.sent < (1 - mostDeviation) * planned(rate, runSeconds))
        broken.push(`${rate}/s was more than this machine carries.`);
      if (deviation > mostDeviation)
        broken.push(`${rate}/s is shown with a deviation of ${(100 * deviation).toFixed(1)} %.`);
      if (rate !== rates.at(-1)) continue;
      if (cpuPercent > most.cpuPercent) broken.push(`The agent takes ${cpuPercent.toFixed(1)} % of a core.`);
      if (mebibytes > most.mebibytes) broken.push(`The agent takes ${mebibytes.toFixed(0)} MiB.`);
    }
    return { table, broken };
  },
};

async function measure({ live, signal }: Watched, rate: number) {
  const names = webServers(live);
  const before = await Promise.all(names.map((name) => agentUse(live, name)));
  const from = Date.now();
  const visits = new Visits({ ...live, signal }, (seconds) => planned(rate, seconds));
  await sleep(runSeconds * 1000, undefined, { signal }).finally(() => visits.stop());
  const period = { from, to: Date.now() };
  const actual = await actualRates(live, visits.answers, period);
  let deviation = Number.POSITIVE_INFINITY;
  while (deviation > mostDeviation && Date.now() - period.to < shownWithinSeconds * 1000) {
    await sleep(1000, undefined, { signal });
    deviation = worst(actual, await shownRates(live, period));
  }
  const seconds = (Date.now() - period.to) / 1000;
  const after = await Promise.all(names.map((name) => agentUse(live, name)));
  const used = after.map((one, at) => one.cpuSeconds - (before[at]?.cpuSeconds ?? 0));
  return {
    visits,
    deviation,
    seconds,
    cpuPercent: (100 * Math.max(...used)) / ((Date.now() - from) / 1000),
    mebibytes: Math.max(...after.map((one) => one.mebibytes)),
  };
}

/** How many requests are to be sent within the first so many seconds. */
function planned(rate: number, seconds: number): number {
  const inBurst = Math.min(Math.max(seconds - burst.from, 0), burst.seconds);
  return rate * (Math.min(seconds, runSeconds) + burst.share * inBurst);
}

/** The largest deviation of all, as a share of what there was. */
const worst = (actual: Rates, shown: Rates): number =>
  Math.max(...[...actual].map(([of, rate]) => Math.abs((shown.get(of) ?? 0) - rate) / rate));
