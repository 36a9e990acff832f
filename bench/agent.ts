/**
 * What the monitoring agent costs and whether it loses anything, by itself on this machine: it reads a log that grows
 * by so many lines a second and the host's metrics, and sends them to a local Sumo Logic.
 *
 *     npx tsx bench/agent.ts            200 lines a second for a minute: processor and memory
 *     npx tsx bench/agent.ts trouble    100,000 lines while the receiving side fails half the time, is away for a
 *                                       minute, and the agent is killed: lines lost and doubled
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startLocalCloud } from "local-cloud";
import { run } from "local-cloud/nodes/exec";
import { config } from "../cloudinit/agent/config";
import { agent } from "../config/schema/agent";
import { specOf } from "../tests/unit/cloudinit-support";
import { findArchive } from "../tools/agent/archive";
import { sumoLogicCall } from "../tools/drills/monitoring/sumologic";
import { sumoLogicApi } from "../tools/engine/apis";
import { object, text } from "../tools/engine/props";
import { paces } from "../tools/rehearsal";

const folder = mkdtempSync(join(tmpdir(), "agent-"));
const log = join(folder, "access.log");
const limitMib = 100;

async function main(trouble: boolean): Promise<void> {
  const cloud = await startLocalCloud({ rateLimits: false });
  let program: ChildProcess | undefined;
  try {
    const archive = await findArchive(agent.parse(undefined), console.error);
    if (!archive) throw new Error("There is no agent, and no Go to build one.");
    writeFileSync(join(folder, "agent.tar.gz"), archive.content);
    await run(["tar", "-xzf", join(folder, "agent.tar.gz"), "-C", folder, "otelcol-contrib"]);
    const sources = await makeSources(cloud);
    prepare(sources);
    program = start();
    const range = { from: Date.now() - 1000, to: Date.now() + 3_600_000 };
    const arrived = async () => {
      const query = '_sourceCategory=bench/nginx-access | json "request_id" | count by request_id';
      const { rows } = await cloud.sumologic.queries.runLogQuery(query, range);
      return new Map(rows.map((row) => [String(row.request_id), Number(row._count)]));
    };

    const [lines, perSecond] = trouble ? [100_000, 1000] : [12_000, 200];
    await sleep(3000);
    const before = use(program);
    const writing = write(lines, perSecond);
    if (trouble) program = await harass(cloud, program);
    await writing;
    if (!trouble) {
      const seconds = lines / perSecond;
      const { cpuSeconds, mebibytes } = use(program);
      const percent = (100 * (cpuSeconds - before.cpuSeconds)) / seconds;
      console.log(
        `${perSecond} lines a second: ${percent.toFixed(1)} % of a core, ${mebibytes.toFixed(0)} MiB`,
      );
    }
    const wrote = Date.now();
    let found = await arrived();
    while (found.size < lines && Date.now() - wrote < 180_000) {
      await sleep(1000);
      found = await arrived();
    }
    const doubled = [...found.values()].reduce((sum, count) => sum + count - 1, 0);
    console.log(
      `${lines} lines: ${lines - found.size} lost, ${doubled} doubled; all there ${((Date.now() - wrote) / 1000).toFixed(0)} s after the last`,
    );
  } finally {
    program?.kill("SIGKILL");
    await cloud.close();
    rmSync(folder, { recursive: true });
  }
}

async function makeSources(cloud: Awaited<ReturnType<typeof startLocalCloud>>) {
  const api = sumoLogicApi(cloud.sumologic, paces.instant);
  const made = await api.call("POST", "v1/collectors", {
    collector: { collectorType: "Hosted", name: "bench" },
  });
  const { id } = object(made.collector);
  const entries = ["nginx-access", "metrics"].map(async (name) => {
    const source = { sourceType: "HTTP", name, category: `bench/${name}`, contentType: "Otlp" };
    const answer = await api.call("POST", `v1/collectors/${text(id)}/sources`, { source });
    return [name, text(object(answer.source).url)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The servers' own configuration, with other places. */
function prepare(sources: Record<string, string>): void {
  const spec = specOf({ roles: ["app"], sources });
  mkdirSync(join(folder, "state"));
  const own = JSON.stringify(config(spec, limitMib))
    .replaceAll("/var/log/nginx/access.log", log)
    .replaceAll("/var/lib/agent", join(folder, "state"))
    .replaceAll("127.0.0.1:13133", "127.0.0.1:0");
  writeFileSync(join(folder, "config.yaml"), own);
  writeFileSync(log, "");
}

const start = (): ChildProcess =>
  spawn(join(folder, "otelcol-contrib"), ["--config", join(folder, "config.yaml")], {
    stdio: "ignore",
    env: { ...process.env, GOMEMLIMIT: `${limitMib}MiB` },
  });

async function write(lines: number, perSecond: number): Promise<void> {
  const began = performance.now();
  for (let written = 0; written < lines; await sleep(20)) {
    const due = Math.min(lines, Math.floor(((performance.now() - began) * perSecond) / 1000));
    const more = Array.from({ length: due - written }, (_, at) => line(written + at));
    if (more.length > 0) appendFileSync(log, more.join(""));
    written = due;
  }
}

/** As long as a real one. */
const line = (number: number): string =>
  `{"epoch":${(Date.now() / 1000).toFixed(3)},"request_id":"${number}","uri":"/","status":200,"filler":"${"x".repeat(380)}"}\n`;

async function harass(
  cloud: Awaited<ReturnType<typeof startLocalCloud>>,
  program: ChildProcess,
): Promise<ChildProcess> {
  const faults = (list: Record<string, string | number>[]) =>
    sumoLogicCall(cloud, "PUT", "_local/faults", { faults: list });
  const failing = { path: "^/receiver/", share: 0.5, effect: "503" };
  await faults([failing]);
  await sleep(15_000);
  await faults([{ path: "^/receiver/", effect: "drop" }]);
  await sleep(60_000);
  await faults([failing]);
  await sleep(10_000);
  const ended = once(program, "exit");
  program.kill("SIGKILL");
  await ended;
  const again = start();
  await sleep(15_000);
  await faults([]);
  return again;
}

function use({ pid }: ChildProcess) {
  const times = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpuSeconds: (Number(times[11]) + Number(times[12])) / 100, mebibytes: Number(kibibytes) / 1024 };
}

void main(process.argv[2] === "trouble");
