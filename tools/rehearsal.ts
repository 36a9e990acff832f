import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from "local-cloud";
import type { Nodes } from "local-cloud/nodes/nodes";
import { UNKNOWN_SECRET } from "../config/secret";
import { provideDownloads } from "./downloads";
import type { ResourceEvent } from "./engine/execution";
import type { ProgramResult } from "./engine/program";
import type { Pace } from "./engine/rest";
import { runProgram } from "./engine/run";
import { readStackConfig, type StackConfig } from "./engine/stackfile";
import { projectDirectory } from "./shared/project";

export type Latency = "instant" | "realistic";

/** The pace of the provider plugins, where the cloud takes its time; where it does not, hardly any waiting. */
export const paces: Readonly<Record<Latency, Pace>> = {
  instant: { pollMs: 10, retryMs: 20, sumologicMs: 0 },
  realistic: { pollMs: 1000, retryMs: 1000, sumologicMs: 250 },
};

/** A local cloud for a rehearsal: it takes as many droplets as the program wants. */
export function startCloud(latency: Latency, options: LocalCloudOptions = {}): Promise<LocalCloud> {
  // At once is faster than the APIs' rate limits allow.
  return startLocalCloud({ latency, rateLimits: latency !== "instant", dropletLimit: 1000, ...options });
}

export interface RehearsalOptions {
  readonly stack: string;
  /** Stack whose settings it has. Default: its own. */
  readonly like?: string;
  readonly latency: Latency;
  readonly onEvent?: (event: ResourceEvent) => void;
  readonly onMessage?: (line: string) => void;
  /** Ends the run, with a fault. */
  readonly signal?: AbortSignal;
  /** Settings in the place of the stack's own, by key, e.g. `web-infra:region`. */
  readonly values?: Readonly<Record<string, string>>;
  /** What runs the servers, if anything does. */
  readonly nodes?: Nodes;
  /** File that stands for the application's release, for servers that run. Default: what is at its address. */
  readonly release?: string;
}

/** Makes what a stack of the program is made of in a local cloud. */
export async function rehearse(cloud: LocalCloud, options: RehearsalOptions): Promise<ProgramResult> {
  const { latency, onEvent, signal, onMessage } = options;
  const config = await rehearsalConfig(cloud, options);
  const pace = paces[latency];
  return runProgram({ directory: projectDirectory, config, pace, onEvent, signal, onMessage });
}

/** A stack's configuration in a local cloud, where its servers find what they fetch. */
export async function rehearsalConfig(
  cloud: LocalCloud,
  options: Omit<RehearsalOptions, "latency">,
): Promise<StackConfig> {
  const { stack, like = stack, values, nodes, release, onMessage } = options;
  const own = { ...readStackConfig(projectDirectory, like, UNKNOWN_SECRET), stack };
  const wanted = { ...own, values: { ...own.values, ...values } };
  const provided = nodes ? await provideDownloads(nodes, wanted, { release, log: onMessage }) : wanted;
  return pointedAt(cloud, provided);
}

/** Where a local cloud's accounts are, and what lets a stack in; but for Spaces. */
export const accountsIn = ({ digitalocean, sumologic }: LocalCloud): Record<string, string> => ({
  "digitalocean:apiEndpoint": digitalocean.endpoint,
  "digitalocean:token": digitalocean.token,
  "sumologic:baseUrl": sumologic.endpoint,
  "sumologic:accessId": sumologic.accessId,
  "sumologic:accessKey": sumologic.accessKey,
});

/** The configuration with the local cloud's addresses and credentials, whatever the stack's own are. */
export function pointedAt(cloud: LocalCloud, config: StackConfig): StackConfig {
  const { spaces } = cloud;
  return {
    ...config,
    values: {
      ...config.values,
      ...accountsIn(cloud),
      "digitalocean:spacesEndpoint": spaces.endpoint,
      "digitalocean:spacesAccessId": spaces.accessId,
      "digitalocean:spacesSecretKey": spaces.secretKey,
    },
    secrets: [...config.secrets, "digitalocean:token", "digitalocean:spacesSecretKey", "sumologic:accessKey"],
  };
}
