import type { LocalCloud } from "local-cloud";
import type { Nodes } from "local-cloud/nodes/nodes";
import type { Role } from "../config/schema";
import { listAccount } from "./account";
import type { Held } from "./account/held";
import type { Props } from "./engine/props";
import { firstStarts } from "./first-starts";
import { paces, type RehearsalOptions, rehearse, startCloud } from "./rehearsal";
import { prepareServers } from "./servers";
import { requireSound } from "./shared/faults";
import { answering, type Site, siteOf } from "./shared/site";
import { until } from "./shared/until";

/** A stack whose servers run as machines, and everything to look into it with. */
export interface Live {
  readonly cloud: LocalCloud;
  readonly nodes: Nodes;
  readonly servers: readonly Server[];
  readonly balancerId: string;
  readonly outputs: Props;
  readonly site: Site;
  /** The internal authority's certificate, PEM. */
  readonly authority: string;
  /** Changes settings of the stack. @throws where the embedded engine runs it, which can only create. */
  update(values: Readonly<Record<string, string>>): Promise<void>;
  /** Ends it and leaves nothing behind. */
  close(): Promise<void>;
}

export interface Server {
  /** The droplet's. */
  readonly id: number;
  readonly name: string;
  /** Name within the private zone: `<pool>-<n>`. */
  readonly label: string;
  readonly roles: readonly Role[];
}

export interface LiveOptions {
  readonly stack: string;
  /** Stack whose settings it has. Default: its own. */
  readonly like?: string;
  /** Settings in the place of the stack's own, by key, e.g. `web-infra:region`. */
  readonly values?: Readonly<Record<string, string>>;
  /** What puts the stack into the cloud. Default: the embedded engine. */
  readonly engine?: Engine;
  /** By how much the windows and intervals of the monitors are shortened. Default 1. */
  readonly timeScale?: number;
  /** Told what takes long. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Brings a stack up; resolves once every server is in service. @throws when machines can't run here. */
export async function bringUpLive(options: LiveOptions): Promise<Live> {
  const { log, signal, timeScale = 1 } = options;
  const prepared = await prepareServers("on", { log, signal });
  if (!prepared.backend) throw new Error(prepared.reason);
  const cloud = await startCloud("instant", { backend: prepared.backend, timeScale });
  try {
    return await bringUpIn(cloud, prepared.backend, options);
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

/** The same in a cloud that is there, where no other stack has servers. */
export async function bringUpIn(
  cloud: LocalCloud,
  nodes: Nodes,
  { stack, like, values, engine = embedded, log, signal }: LiveOptions,
): Promise<Live> {
  const wanted = { stack, like, values, nodes, signal, onMessage: log };
  const outputs = await engine(cloud, wanted);
  const held = await listAccount(cloud, paces.instant);
  const site = siteOf(nodes, held, outputs);
  const balancerId = held.find(({ collection }) => collection === "load_balancers")?.id;
  if (!site || !balancerId) throw new Error("The stack has no balancer.");
  await answering(site, firstStarts(nodes, log), signal);
  await inService(nodes, balancerId, signal);
  const servers = held.flatMap((one) => (one.collection === "droplets" ? [serverOf(one, stack)] : []));
  const authority = String(outputs.authority);
  const update = async (changed: Readonly<Record<string, string>>) => {
    if (engine === embedded) throw new Error("Only the Pulumi CLI can change a stack.");
    await engine(cloud, { ...wanted, values: { ...values, ...changed } });
  };
  return { cloud, nodes, servers, balancerId, outputs, site, authority, update, close: () => cloud.close() };
}

/** Puts a stack into a cloud, or changes it there. @returns the stack's outputs */
export type Engine = (cloud: LocalCloud, wanted: Omit<RehearsalOptions, "latency">) => Promise<Props>;

const embedded: Engine = async (cloud, wanted) => {
  const result = await rehearse(cloud, { ...wanted, latency: "instant" });
  requireSound(result);
  return result.outputs;
};

function serverOf({ id, name, tags }: Held, stack: string): Server {
  const roles = (["web", "app", "db"] as const).filter((role) =>
    tags.some((tag) => tag.endsWith(`:${role}`)),
  );
  return { id: Number(id), name, label: name.slice(stack.length + 1), roles };
}

/** The first server answers before the last one has started. */
async function inService(nodes: Nodes, balancerId: string, signal: AbortSignal): Promise<void> {
  await Promise.all(nodes.names().map((name) => started(nodes, name)));
  const allIn = async () => [...(await nodes.health(balancerId)).values()].every(Boolean);
  await until("The balancer did not take every web server in", 120, allIn, signal);
}

/** @throws when not every unit of the server has started. */
async function started(nodes: Nodes, name: string): Promise<void> {
  const look = "systemctl is-system-running --wait >&2 || systemctl --failed --plain --no-legend";
  const failed = (await nodes.run(name, ["sh", "-c", look])).trim();
  if (failed) throw new Error(`${name} did not start in order: ${failed}`);
}
