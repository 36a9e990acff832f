import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalCloud } from "local-cloud";
import { parse, stringify } from "yaml";
import { list, object, type Props, text } from "../tools/engine/props";
import { cliVersion, layOut, pulumi } from "../tools/pulumi-cli";
import { projectDirectory } from "../tools/shared/project";
import { type Link, longestChain, type Waiting } from "./chain";
import { type Call, startRecorder } from "./recorder";

/**
 * Wall time of `pulumi up` of the sandbox stack under the profile `realistic`, next to the longest chain of waits:
 * the clouds' own times with the plugins' fixed waits and polls, as recorded, and Sumo Logic's rate.
 * `npx tsx bench/up.ts [servers, default 3] [resources at once, default 32]`; exits 1 above 1.15, or where all
 * of monitoring takes over 1.2 times what Sumo Logic's rate allows for its calls.
 * It needs a Pulumi CLI with its plugins on the PATH.
 */
const goal = 1.15;
const monitoringGoal = 1.2;

/** Sumo Logic's provider sends one call in 250 ms. */
const sumologicMs = 250;

async function main(servers: number, parallel: number): Promise<void> {
  const limited = await up(servers, parallel, true);
  // A call that is refused says nothing of how long its resource takes: a second run shows it, in which none is.
  const unlimited = refused(limited.digitalocean) > 0 ? await up(servers, parallel, false) : limited;
  report(limited.seconds, longestChain(waits(unlimited), sumologicMs));
  tell("DigitalOcean", limited.digitalocean);
  tell("Sumo Logic", limited.sumologic);
  reportMonitoring(limited.sumologic);
}

/** What an `up` took, what it made, and its calls. */
interface Run {
  readonly seconds: number;
  readonly resources: readonly Props[];
  readonly digitalocean: readonly Call[];
  readonly sumologic: readonly Call[];
}

async function up(servers: number, parallel: number, rateLimits: boolean): Promise<Run> {
  const cloud = await startLocalCloud({ latency: "realistic", dropletLimit: servers, rateLimits });
  const digitalocean = await startRecorder(cloud.digitalocean.endpoint);
  const sumologic = await startRecorder(cloud.sumologic.endpoint);
  const folder = mkdtempSync(join(tmpdir(), "bench-up-"));
  try {
    const endpoints = {
      "digitalocean:apiEndpoint": digitalocean.endpoint,
      "sumologic:baseUrl": `${sumologic.endpoint}/api/`,
    };
    await layOut(folder, { "Pulumi.sandbox.yaml": settings(servers, endpoints) });
    const options = ["--yes", "--skip-preview", "--stack", "sandbox", "--parallel", String(parallel)];
    const began = performance.now();
    await pulumi(folder, ["up", ...options]);
    const seconds = (performance.now() - began) / 1000;
    const state = JSON.parse(await pulumi(folder, ["stack", "export", "--stack", "sandbox"])) as Props;
    const resources = list(object(state.deployment).resources).map(object);
    return { seconds, resources, digitalocean: digitalocean.calls, sumologic: sumologic.calls };
  } finally {
    for (const one of [digitalocean, sumologic]) one.close();
    await cloud.close();
    rmSync(folder, { recursive: true });
  }
}

/** The sandbox's settings with as many servers, and the accounts elsewhere. */
function settings(servers: number, endpoints: Readonly<Record<string, string>>): string {
  const { config } = parse(readFileSync(join(projectDirectory, "Pulumi.sandbox.yaml"), "utf8")) as {
    config: Props;
  };
  const pools = list(config["web-infra:pools"]).map((pool) => ({ ...object(pool), count: servers }));
  return stringify({ config: { ...config, ...endpoints, "web-infra:pools": pools } });
}

/** What each resource of the state waited for. */
function waits({ resources, digitalocean, sumologic }: Run): Waiting[] {
  const own = ownTimes(digitalocean);
  return resources.map(({ urn, id, type, inputs, outputs, dependencies }) => {
    const kind = text(type).split(":").at(-1) ?? "";
    const key = kind === "VolumeAttachment" ? object(inputs).volumeId : (object(outputs).uuid ?? id);
    const peers = resources.filter((other) => group(text(other.type)) === group(text(type)));
    const calls = sumologic.filter(({ path }) => groups[group(text(type)) ?? ""]?.test(path));
    return {
      name: text(urn),
      after: list(dependencies ?? []).map(text),
      ms: own.get(text(key ?? "")) ?? 0,
      calls: Math.round(calls.length / peers.length),
    };
  });
}

/** Which of Sumo Logic's calls make which resources. */
const groups: Readonly<Record<string, RegExp>> = {
  Collector: /^\/api\/v1\/collectors(\/\d+)?$/,
  HttpSource: /^\/api\/v1\/collectors\/\d+\/sources/,
  Field: /^\/api\/v1\/fields/,
  FieldExtractionRule: /^\/api\/v1\/extractionRules/,
  Monitor: /^\/api\/v1\/monitors/,
  Folder: /^\/api\/v2\/content/,
  Dashboard: /^\/api\/v2\/dashboards/,
  Connection: /^\/api\/v1\/connections/,
  Slo: /^\/api\/v1\/slos/,
};

function group(type: string): string | undefined {
  const [family, , kind = ""] = type.split(":");
  return family === "sumologic" ? kind.replace(/(?<=Monitor|Slo)Folder/, "") : undefined;
}

const pending = ["new", "creating", "pending", "in-progress"];

/**
 * How long each thing took from the call that made it to the first one that found it ready, by its id; an action
 * counts for the volume that it is done with.
 */
function ownTimes(calls: readonly Call[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const made of calls) {
    if (made.method !== "POST" || made.status >= 300) continue;
    const id = text(only(made.answer).id ?? "");
    const ready = calls.find(
      ({ method, path, answer, began }) =>
        method === "GET" && began > made.began && path.endsWith(`/${id}`) && isReady(only(answer)),
    );
    const volume = /^\/v2\/volumes\/([^/]+)\/actions$/.exec(made.path)?.[1];
    if (ready && id !== "") times.set(volume ?? id, ready.ended - made.began);
  }
  return times;
}

const only = (answer: Props): Props => object(Object.values(answer)[0] ?? {});
const isReady = ({ status, state }: Props): boolean => !pending.includes(text(status ?? state ?? ""));

function report(seconds: number, chain: readonly Link[]): void {
  const least = (chain.at(-1)?.at ?? 0) / 1000;
  console.log("The longest chain, and when each of its links was there:");
  for (const { name, at } of chain)
    console.log(`${(at / 1000).toFixed(1).padStart(8)} s  ${name.split("::").at(-1)}`);
  console.log(
    `${seconds.toFixed(1)} s, the chain ${least.toFixed(1)} s: ${(seconds / least).toFixed(2)} times`,
  );
  if (seconds > goal * least) process.exitCode = 1;
}

/** How long all of monitoring took, from the first call to the last, next to what Sumo Logic's rate takes for as many. */
function reportMonitoring(calls: readonly Call[]): void {
  const took = Math.max(...calls.map(({ ended }) => ended)) - Math.min(...calls.map(({ began }) => began));
  const least = calls.length * sumologicMs;
  console.log(
    `Monitoring: ${(took / 1000).toFixed(1)} s, the rate allows ${(least / 1000).toFixed(1)} s: ${(took / least).toFixed(2)} times`,
  );
  if (took > monitoringGoal * least) process.exitCode = 1;
}

function tell(name: string, calls: readonly Call[]): void {
  console.log(`${name}: ${calls.length} calls, ${refused(calls)} of them refused for being too many`);
}

const refused = (calls: readonly Call[]): number => calls.filter(({ status }) => status === 429).length;

if (cliVersion() === undefined) {
  console.log("Skipped: no Pulumi CLI on the PATH.");
} else {
  const [servers, parallel] = process.argv.slice(2).map(Number);
  main(servers ?? 3, parallel ?? 32).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
