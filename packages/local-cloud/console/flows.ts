import type { Cloud } from "../digitalocean/cloud";
import { connectionsOf } from "../digitalocean/database";
import type { Peers } from "../digitalocean/firewall-rules";
import { covers, type Group, serves, shortTag } from "./parts";
import type { Flow } from "./shapes";

/** Id of the part from which anyone comes. */
export const visitors = "visitors";

/** What may talk to what, by the rules of balancers, firewalls and databases. */
export function flowsOf(cloud: Cloud, groups: readonly Group[]): Flow[] {
  const flows = [...toBalancers(cloud), ...toServers(cloud, groups), ...toDatabases(cloud, groups)];
  return merged(flows);
}

function toBalancers({ balancers }: Cloud): Flow[] {
  return balancers.list().map(({ id, name, forwarding_rules: rules }) => ({
    from: visitors,
    fromText: "Visitors",
    to: id,
    toText: name,
    ports: rules.map(({ entry_protocol, entry_port }) => `${entry_protocol} ${entry_port}`).join(", "),
    by: [`${name}: forwarding`],
  }));
}

function toServers(cloud: Cloud, groups: readonly Group[]): Flow[] {
  return groups.flatMap((group) => {
    const to = { to: group.id, toText: titleOf(group) };
    const walls = cloud.firewalls
      .list()
      .filter((wall) => group.droplets.some((droplet) => covers(wall, droplet)));
    return walls.flatMap(({ name, inbound_rules }) =>
      inbound_rules.flatMap(({ protocol, ports, sources }) =>
        origins(cloud, groups, group, sources).map((origin) => ({
          ...origin,
          ...to,
          ports: portText(protocol, ports),
          by: [name],
        })),
      ),
    );
  });
}

function toDatabases({ databases }: Cloud, groups: readonly Group[]): Flow[] {
  return databases.list().flatMap((database) => {
    const port = connectionsOf(database, database.name).private_connection.port;
    const to = { to: database.id, toText: database.name, ports: `tcp ${port}` };
    return database.rules.flatMap(({ type, value }): Flow[] => {
      const by = [`${database.name}: trusted sources`];
      if (type === "ip_addr") return [{ from: null, fromText: value, ...to, by }];
      const chosen = groups.filter(({ droplets }) =>
        droplets.some(({ id, tags }) => (type === "tag" ? tags.includes(value) : String(id) === value)),
      );
      return chosen.map((group) => ({
        from: group.id,
        fromText: type === "tag" ? shortTag(value) : titleOf(group),
        ...to,
        by,
      }));
    });
  });
}

type Origin = Pick<Flow, "from" | "fromText">;

/** Those that a firewall's rule lets in, as far as they are there. */
function origins(cloud: Cloud, groups: readonly Group[], to: Group, sources: Peers): Origin[] {
  const { tags = [], droplet_ids: ids = [], load_balancer_uids: uids = [], addresses = [] } = sources;
  const balancers = cloud.balancers
    .list()
    .filter((balancer) => uids.includes(balancer.id))
    .filter((balancer) => to.droplets.some((droplet) => serves(cloud, balancer, droplet)));
  return [
    ...balancers.map(({ id, name }) => ({ from: id, fromText: name })),
    ...tags.flatMap((tag) =>
      groups
        .filter(({ droplets }) => droplets.some((droplet) => droplet.tags.includes(tag)))
        .map(({ id }) => ({ from: id, fromText: shortTag(tag) })),
    ),
    ...groups
      .filter(({ droplets }) => droplets.some(({ id }) => ids.includes(id)))
      .map((group) => ({ from: group.id, fromText: titleOf(group) })),
    ...addresses.map((range) =>
      range.endsWith("/0") ? { from: visitors, fromText: "Anyone" } : { from: null, fromText: range },
    ),
  ];
}

/** One flow for each pair and port, let through by all that do. */
function merged(flows: readonly Flow[]): Flow[] {
  const known = new Map<string, Flow>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.from, flow.fromText, flow.to, flow.ports]);
    const by = [...new Set([...(known.get(key)?.by ?? []), ...flow.by])];
    known.set(key, { ...flow, by });
  }
  return [...known.values()];
}

function portText(protocol: string, ports: string): string {
  if (protocol === "icmp") return "icmp";
  return `${protocol} ${ports === "0" ? "all" : ports}`;
}

export function titleOf({ roles, droplets }: Group): string {
  return roles.length > 0 ? roles.join(", ") : droplets.map(({ name }) => name).join(", ");
}
