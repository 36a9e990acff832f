import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Backend } from "./core/backend";
import { parseFault } from "./core/faults";
import type { Fault, LocalCloud, LocalCloudOptions } from "./core/options";
import { startLocalCloud } from "./index";
import { type Download, serveDownloads } from "./nodes/downloads";
import { createNodes } from "./nodes/nodes";
import { installNeeded } from "./nodes/requirements";

interface Arguments {
  readonly digitaloceanPort: number;
  readonly sumologicPort: number;
  readonly spacesPort: number;
  readonly consolePort: number;
  readonly latency: NonNullable<LocalCloudOptions["latency"]>;
  readonly stateFile?: string;
  readonly fault: readonly Fault[];
  readonly dropletLimit?: number;
  readonly timeScale?: number;
  readonly rateLimits: boolean;
  readonly nodes: "on" | "off";
  readonly fresh?: true;
  readonly serve: readonly Download[];
}

const command = new Command("local-cloud")
  .description("A DigitalOcean and a Sumo Logic on this machine.")
  .option(
    "--digitalocean-port <port>",
    "port of the DigitalOcean API on 127.0.0.1; 0 takes a free one",
    whole,
    7401,
  )
  .option(
    "--sumologic-port <port>",
    "port of the Sumo Logic API on 127.0.0.1; 0 takes a free one",
    whole,
    7402,
  )
  .option("--spaces-port <port>", "port of Spaces on 127.0.0.1; 0 takes a free one", whole, 0)
  .option("--console-port <port>", "port of the console on 127.0.0.1; 0 takes a free one", whole, 0)
  .addOption(
    new Option(
      "--latency <profile>",
      "instant, realistic, or milliseconds by name: droplet=1000,balancer=600000",
    )
      .default("instant")
      .argParser(latency),
  )
  .option(
    "--state-file <file>",
    "file that holds the state across restarts; without it the state is gone at the end",
  )
  .option(
    "--fault <fault>",
    "a fault to inject, repeatable: effect=503,share=0.1,path=^/v2/droplets",
    faults,
    [],
  )
  .option("--droplet-limit <count>", "droplets the account may have (default: 25)", whole)
  .addOption(
    new Option("--nodes <nodes>", "whether droplets are real machines (Linux, as root)")
      .choices(["on", "off"])
      .default("off"),
  )
  .option("--fresh", "with --nodes on: let the user-data install every package itself, as in the cloud")
  .option(
    "--serve <url=file>",
    "with --nodes on, repeatable: a file that droplets can fetch at that https address",
    served,
    [],
  )
  .option(
    "--time-scale <factor>",
    "by how much the windows and intervals of monitors are shortened (default: 1)",
    factor,
  )
  .option("--no-rate-limits", "let the APIs take any number of calls");

async function main(): Promise<void> {
  const { fault, nodes, fresh, serve, ...options } = command.parse().opts<Arguments>();
  const ended = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => ended.abort());
  const backend = nodes === "on" ? await startNodes(ended.signal, fresh) : undefined;
  if (backend) await serveDownloads(backend, serve);
  const cloud = await startLocalCloud({ ...options, faults: fault, ...(backend && { backend }) });
  console.log(greeting(cloud));
  if (!ended.signal.aborted) await once(ended.signal, "abort");
  console.log("Closing.");
  await cloud.close();
}

async function startNodes(signal: AbortSignal, fresh?: boolean): Promise<Backend> {
  await installNeeded(console.error);
  return createNodes({ log: console.error, fresh, signal });
}

function greeting({ console: page, digitalocean, spaces, sumologic }: LocalCloud): string {
  return `DigitalOcean  ${digitalocean.endpoint}
Spaces        ${spaces.endpoint}
Sumo Logic    ${sumologic.endpoint}
Console       ${page}

export DIGITALOCEAN_API_URL=${digitalocean.endpoint}
export DIGITALOCEAN_TOKEN=${digitalocean.token}
export SPACES_ENDPOINT_URL=${spaces.endpoint.replace("127.0.0.1", "{{.Region}}.localhost")}
export SPACES_ACCESS_KEY_ID=${spaces.accessId}
export SPACES_SECRET_ACCESS_KEY=${spaces.secretKey}
export SUMOLOGIC_BASE_URL=${sumologic.endpoint}
export SUMOLOGIC_ACCESSID=${sumologic.accessId}
export SUMOLOGIC_ACCESSKEY=${sumologic.accessKey}

Ctrl-C ends it.`;
}

function served(text: string, before: readonly Download[]): readonly Download[] {
  const at = text.lastIndexOf("=");
  const [url, file] = [text.slice(0, at), text.slice(at + 1)];
  if (!URL.canParse(url) || !/^https:/.test(url))
    throw new InvalidArgumentError("It must be https://…=file.");
  if (!existsSync(file)) throw new InvalidArgumentError(`There is no file ${file}.`);
  return [...before, { url, content: readFileSync(file) }];
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}

function factor(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 60)) throw new InvalidArgumentError("It must be a number from 1 to 60.");
  return number;
}

function latency(text: string): Arguments["latency"] {
  if (text === "instant" || text === "realistic") return text;
  const entries = text.split(",").map((part) => part.split("="));
  const wrong = entries.find(([name, ms]) => !name || !ms || !/^\d+$/.test(ms));
  if (wrong)
    throw new InvalidArgumentError(`"${wrong.join("=")}" is not instant, realistic or name=milliseconds.`);
  return Object.fromEntries(entries.map(([name, ms]) => [name, Number(ms)]));
}

function faults(text: string, before: readonly Fault[]): readonly Fault[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError(String(error instanceof Error ? error.message : error));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
