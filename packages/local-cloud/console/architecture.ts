import type { Balancer } from "../digitalocean/balancers";
import { targetsOf } from "../digitalocean/balancers";
import type { Cloud } from "../digitalocean/cloud";
import type { Collector } from "../sumologic/collectors";
import type { Intake } from "../sumologic/ingest/intake";
import { flowsOf } from "./flows";
import { groupsOf } from "./parts";
import { namesOf, serverOf, type Verdicts } from "./servers";
import type { Architecture, BalancerView, DatabaseView, Entry, MonitorView } from "./shapes";

/** What there is and what may talk to what, derived from what both accounts hold. */
export async function architectureOf(
  cloud: Cloud,
  intake: Intake,
  monitors: readonly MonitorView[],
): Promise<Architecture> {
  const verdicts = await verdictsOf(cloud);
  const groups = groupsOf(cloud);
  return {
    entries: cloud.balancers.list().flatMap((balancer) => entriesOf(cloud, balancer)),
    balancers: cloud.balancers.list().map((balancer) => balancerOf(cloud, balancer, verdicts)),
    groups: groups.map(({ id, roles, droplets }) => ({
      id,
      roles,
      servers: droplets.map((droplet) => serverOf(cloud, droplet, { verdicts, monitors, intake })),
    })),
    databases: databasesOf(cloud),
    collectors: cloud.core.store.collection<Collector>("sumologic/collectors").size,
    flows: flowsOf(cloud, groups),
  };
}

async function verdictsOf(cloud: Cloud): Promise<Verdicts> {
  const all = cloud.balancers.list().map(async (balancer) => {
    // One that is not there yet has no verdict.
    const health = cloud.machines.health(balancer.id, targetsOf(cloud, balancer)).catch(() => new Map());
    return [balancer.id, await health] as const;
  });
  return new Map(await Promise.all(all));
}

function entriesOf(cloud: Cloud, { id, address }: Balancer): Entry[] {
  return namesOf(cloud, [address]).map((name) => ({ name, part: id }));
}

function balancerOf(cloud: Cloud, balancer: Balancer, verdicts: Verdicts): BalancerView {
  const { id, name, address, size_unit, status, forwarding_rules: rules } = balancer;
  const targets = targetsOf(cloud, balancer);
  const fit = targets.filter((target) => verdicts.get(id)?.get(target)).length;
  const served = rules.map(({ entry_port }) => cloud.machines.balancerAddress(id, entry_port));
  const shown = `${fit} of ${targets.length} servers fit`;
  return {
    id,
    name,
    address,
    units: size_unit,
    ...(status === "new"
      ? { health: "starting", reason: "being made" }
      : { health: fit === targets.length ? "ok" : fit > 0 ? "warning" : "critical", reason: shown }),
    served: served.flatMap((place) => (place ? [`${place.host}:${place.port}`] : [])),
  };
}

function databasesOf({ databases, replicas }: Cloud): DatabaseView[] {
  const clusters = databases.list().map(({ id, name, engine, version, num_nodes, status }) => ({
    id,
    name,
    engine: `${engine} ${version}`,
    nodes: num_nodes,
    health: status === "online" ? ("ok" as const) : ("starting" as const),
    reason: status,
  }));
  const copies = replicas.list().map(({ id, name, cluster, status }) => ({
    id,
    name,
    engine: `replica of ${databases.get(cluster)?.name ?? cluster}`,
    nodes: 1,
    health: status === "online" ? ("ok" as const) : ("starting" as const),
    reason: status,
  }));
  return [...clusters, ...copies];
}
