import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Option } from "commander";
import type { LocalCloud } from "local-cloud";
import { listAccount } from "./account";
import type { Props } from "./engine/props";
import { firstStarts } from "./first-starts";
import { type Latency, paces, rehearse, startCloud } from "./rehearsal";
import { type Nodes, prepareServers, type Servers } from "./servers";
import { command, main } from "./shared/command";
import { requireSound } from "./shared/faults";
import { interruption } from "./shared/interruption";
import { ownDirectory } from "./shared/own-directory";
import { type Progress, progress } from "./shared/progress";
import { projectDirectory } from "./shared/project";
import { asJson, asText, type Report } from "./shared/report";
import { answering, siteOf } from "./shared/site";

interface Options {
  readonly stack: string;
  readonly latency: Latency;
  readonly nodes: Nodes;
  readonly fresh?: true;
  readonly release?: string;
  readonly once?: true;
  readonly json?: true;
}

/** `npm start`: the whole system in a local cloud, until Ctrl-C. */
main(
  command("start", "Brings a stack up in a local cloud on this machine.")
    .option("--stack <name>", "stack to bring up", "sandbox")
    .addOption(
      new Option("--latency <profile>", "how long the cloud takes")
        .choices(["instant", "realistic"])
        .default("instant"),
    )
    .addOption(
      new Option(
        "--nodes <when>",
        "whether servers run as machines; auto: where that is possible, but not --once",
      )
        .choices(["auto", "on", "off"])
        .default("auto"),
    )
    .option("--fresh", "let the servers install every package themselves, as in the cloud")
    .option("--release <file>", "a file that stands for the application's release, at its address")
    .option("--once", "end after the outputs, and do not wait for Ctrl-C")
    .option("--json", "print one line of JSON once all is up")
    .action(start),
);

async function start(options: Options): Promise<void> {
  const interrupted = interruption();
  const shown = progress(options.json ? process.stderr : process.stdout);
  const nodes = options.once && options.nodes === "auto" ? "off" : options.nodes;
  const servers = await prepareServers(nodes, {
    log: shown.note.bind(shown),
    fresh: options.fresh,
    signal: interrupted,
  });
  const cloud = await startCloud(options.latency, { backend: servers.backend });
  let authority: string | null = null;
  try {
    const outputs = await bringUp(cloud, servers, options, shown, interrupted);
    authority = keepAuthority(options, outputs);
    const held = await listAccount(cloud, paces[options.latency]);
    const site = siteOf(servers.backend, held, outputs);
    if (site && servers.backend) {
      await answering(site, firstStarts(servers.backend, shown.note.bind(shown)), interrupted);
    }
    const report: Report = { cloud, held, outputs, authority, site, servers, seconds: process.uptime() };
    console.log(options.json ? asJson(report) : asText(report));
    if (!options.once) await stay(interrupted, shown);
  } finally {
    await cloud.close();
    if (authority && !options.once) rmSync(dirname(authority), { recursive: true });
  }
}

async function stay(interrupted: AbortSignal, shown: Progress): Promise<void> {
  shown.note("Ctrl-C ends it and leaves nothing behind.");
  if (!interrupted.aborted) await once(interrupted, "abort");
}

async function bringUp(
  cloud: LocalCloud,
  { backend: nodes }: Servers,
  { stack, latency, release }: Options,
  shown: Progress,
  signal: AbortSignal,
): Promise<Props> {
  try {
    const onEvent = shown.update.bind(shown);
    const onMessage = shown.note.bind(shown);
    const run = { stack, latency, nodes, release, signal, onEvent, onMessage };
    const result = await rehearse(cloud, run).finally(() => shown.end());
    requireSound(result);
    return result.outputs;
  } catch (error) {
    throw signal.aborted ? new Error("Stopped before all was up; nothing is left behind.") : error;
  }
}

/** Keeps the internal authority's certificate in a file, for clients that verify the site's. */
function keepAuthority({ stack, once }: Options, { authority }: Props): string | null {
  if (typeof authority !== "string") return null;
  const shared = join(projectDirectory, ".state", stack);
  mkdirSync(shared, { recursive: true });
  // While it is in use it is this process's own: the same stack may be up twice.
  const file = join(once ? shared : ownDirectory(shared), "authority.pem");
  writeFileSync(file, authority);
  return file;
}
