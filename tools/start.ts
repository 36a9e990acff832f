import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Option } from "commander";
import type { LocalCloud } from "local-cloud";
import { listAccount } from "./account";
import { inventory } from "./account/inventory";
import type { Props } from "./engine/props";
import { type Latency, paces, projectDirectory, rehearse, startCloud } from "./rehearsal";
import { command, main } from "./shared/command";
import { requireSound } from "./shared/faults";
import { outputLines } from "./shared/outputs";
import { progress } from "./shared/progress";

interface Options {
  readonly stack: string;
  readonly latency: Latency;
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
    .option("--once", "end after the outputs, and do not wait for Ctrl-C")
    .option("--json", "print one line of JSON once all is up")
    .action(start),
);

async function start(options: Options): Promise<void> {
  const interrupted = interruption();
  const cloud = await startCloud(options.latency);
  try {
    const outputs = await bringUp(cloud, options, interrupted);
    const authority = keepAuthority(options.stack, outputs);
    await report(cloud, options, outputs, authority);
    if (options.once) return;
    await once(interrupted, "abort");
    if (authority) rmSync(authority);
  } finally {
    await cloud.close();
  }
}

/** Aborted when the user has had enough. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => controller.abort());
  return controller.signal;
}

async function bringUp(
  cloud: LocalCloud,
  { stack, latency, json }: Options,
  signal: AbortSignal,
): Promise<Props> {
  const shown = progress(json ? process.stderr : process.stdout);
  try {
    const result = await rehearse(cloud, {
      stack,
      latency,
      signal,
      onEvent: (event) => shown.update(event),
      onMessage: (line) => shown.note(line),
    });
    shown.end();
    requireSound(result);
    return result.outputs;
  } catch (error) {
    shown.end();
    throw signal.aborted ? new Error("Stopped before all was up; nothing is left behind.") : error;
  }
}

/** Keeps the internal authority's certificate in a file, for clients that verify the site's. */
function keepAuthority(stack: string, { authority }: Props): string | null {
  if (typeof authority !== "string") return null;
  const file = join(projectDirectory, ".state", stack, "authority.pem");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, authority);
  return file;
}

async function report(
  cloud: LocalCloud,
  { json, latency, once }: Options,
  outputs: Props,
  authority: string | null,
) {
  const held = inventory(await listAccount(cloud, paces[latency]));
  const seconds = Number(process.uptime().toFixed(1));
  const { digitalocean, sumologic } = cloud;
  if (json) {
    const { url = null } = outputs;
    const all = { inventory: held, url, address: null, authority, digitalocean, sumologic, outputs, seconds };
    console.log(JSON.stringify(all));
    return;
  }
  const counts = Object.entries(held.counts).map(
    ([collection, count]) => `${count} ${collection.replaceAll("_", " ")}`,
  );
  console.log(
    [
      "",
      "Outputs",
      ...outputLines(outputs),
      "",
      `The local cloud holds ${counts.join(", ")}.`,
      `DigitalOcean is at ${digitalocean.endpoint}, Sumo Logic at ${sumologic.endpoint}.`,
      "No servers run: the droplets are entries in the cloud's books.",
      `All up after ${seconds} s.${once ? "" : " Ctrl-C ends it and leaves nothing behind."}`,
    ].join("\n"),
  );
}
