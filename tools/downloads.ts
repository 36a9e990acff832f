import { readFile } from "node:fs/promises";
import { type Download, serveDownloads } from "local-cloud/nodes/downloads";
import type { Nodes } from "local-cloud/nodes/nodes";
import { agent } from "../config/schema/agent";
import { app } from "../config/schema/app";
import { chooseAgent } from "./agent";
import { object } from "./engine/props";
import type { StackConfig } from "./engine/stackfile";

export interface DownloadOptions {
  /** File that stands for the application's release. Default: what is at its address. */
  readonly release?: string;
  /** Told what is served and what can't be. */
  readonly log?: (line: string) => void;
}

/** How long a download may take, in milliseconds. */
const patienceMs = 300_000;

/**
 * Puts what a stack's servers fetch where they fetch it.
 * @returns the configuration, with the monitoring agent that the servers of this machine can have
 * @throws when a file is to stand for a release and there is none
 */
export async function provideDownloads(
  nodes: Nodes,
  config: StackConfig,
  { release: file, log = () => {} }: DownloadOptions,
): Promise<StackConfig> {
  const section = (name: string) => object(JSON.parse(config.values[`${config.project}:${name}`] ?? "{}"));
  const monitoring = section("monitoring");
  const settings = {
    agent: agent.safeParse(monitoring.agent),
    app: app.safeParse(section("app")),
  };
  // The program tells of faults, all of them at once.
  if (!settings.agent.success || !settings.app.success) return config;

  const url = settings.app.data.release?.url;
  if (file && !url) throw new Error(`Stack ${config.stack} has no app.release that ${file} could stand for.`);
  const release = url && (await findRelease(url, file, log));
  const archive = await chooseAgent(settings.agent.data, log);
  await serveDownloads(nodes, [...(release ? [release] : []), ...(archive ? [archive] : [])]);
  if (!archive) return config;
  const pin = { url: archive.url, sha256: archive.sha256 };
  const key = `${config.project}:monitoring`;
  return { ...config, values: { ...config.values, [key]: JSON.stringify({ ...monitoring, agent: pin }) } };
}

async function findRelease(
  url: string,
  file: string | undefined,
  log: (line: string) => void,
): Promise<Download | undefined> {
  if (file) return { url, content: await readFile(file) };
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) throw new Error(`the answer is ${response.status}`);
    return { url, content: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    log(`The application's release, ${url}, can't be fetched: ${reason(error)}.`);
    return undefined;
  }
}

/** What fetch throws says little, its cause says why. */
const reason = (error: unknown): string => {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
};
