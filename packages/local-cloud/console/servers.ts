import type { Cloud } from "../digitalocean/cloud";
import type { Droplet } from "../digitalocean/droplet";
import type { Intake } from "../sumologic/ingest/intake";
import type { Source } from "../sumologic/sources";
import { judged, type Sign } from "./health";
import { covers, serves } from "./parts";
import type { AgentView, MonitorView, ServerView } from "./shapes";

/** Silence of an agent beyond this, in milliseconds, is worth a warning: it sends metrics every 15 s. */
const longestSilence = 120_000;

/** The balancers' verdicts: balancer id → droplet id → whether it is fit. */
export type Verdicts = ReadonlyMap<string, ReadonlyMap<number, boolean>>;

/** A droplet as the page shows it. */
export function serverOf(
  cloud: Cloud,
  droplet: Droplet,
  context: {
    readonly verdicts: Verdicts;
    readonly monitors: readonly MonitorView[];
    readonly intake: Intake;
  },
): ServerView {
  const { id, name, size, private_ip, public_ip } = droplet;
  const agent = agentOf(cloud, name, context.intake);
  const signs = [
    statusOf(droplet),
    ...verdictsOn(cloud, droplet, context.verdicts),
    ...alertsOn(name, context.monitors),
    ...silence(agent, cloud.core.clock.now()),
  ];
  return {
    id,
    name,
    size,
    privateAddress: private_ip,
    publicAddress: public_ip ?? "",
    names: namesOf(cloud, [private_ip, public_ip ?? ""]),
    firewalls: cloud.firewalls
      .list()
      .filter((wall) => covers(wall, droplet))
      .map((wall) => wall.name),
    ...judged(signs),
    agent,
  };
}

/** The names of all zones that lead to one of the addresses. */
export function namesOf({ records }: Cloud, addresses: readonly string[]): string[] {
  return records
    .list()
    .filter(({ type, data }) => (type === "A" || type === "AAAA") && addresses.includes(data))
    .map(({ name, domain }) => (name === "@" ? domain : `${name}.${domain}`));
}

function statusOf({ status }: Droplet): Sign {
  if (status === "active") return { health: "ok", reason: "active" };
  return status === "new"
    ? { health: "starting", reason: "being made" }
    : { health: "critical", reason: "switched off" };
}

function verdictsOn(cloud: Cloud, droplet: Droplet, verdicts: Verdicts): Sign[] {
  return cloud.balancers
    .list()
    .filter((balancer) => serves(cloud, balancer, droplet))
    .map((balancer) =>
      verdicts.get(balancer.id)?.get(droplet.id)
        ? { health: "ok", reason: `fit for ${balancer.name}` }
        : { health: "critical", reason: `not fit for ${balancer.name}` },
    );
}

/** The active alerts of which a group bears the server's name. */
function alertsOn(name: string, monitors: readonly MonitorView[]): Sign[] {
  return monitors.flatMap((monitor) =>
    monitor.alerts
      .filter(({ group, resolved }) => resolved === null && namesIn(group).includes(name))
      .map(({ severity }) => ({
        health: severity === "Critical" ? "critical" : "warning",
        reason: `${severity}: ${monitor.name}`,
      })),
  );
}

const namesIn = (group: string): string[] =>
  group.split(", ").map((pair) => pair.slice(pair.indexOf("=") + 1));

function silence(agent: AgentView | null, now: number): Sign[] {
  if (agent?.lastHeard == null || now - agent.lastHeard < longestSilence) return [];
  return [{ health: "warning", reason: "its agent is silent" }];
}

function agentOf(cloud: Cloud, server: string, intake: Intake): AgentView | null {
  const sources = cloud.core.store
    .collection<Source>("sumologic/sources")
    .list()
    .filter(({ hostName }) => hostName === server);
  if (sources.length === 0) return null;
  const ids = sources.map(({ id }) => id);
  return { sources: ids.length, ...intake.sum(ids), lastHeard: intake.lastHeard(ids) };
}
