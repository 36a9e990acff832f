import type { Balancer } from "../digitalocean/balancers";
import { targetsOf } from "../digitalocean/balancers";
import type { Cloud } from "../digitalocean/cloud";
import type { Droplet } from "../digitalocean/droplet";
import type { Firewall } from "../digitalocean/firewalls";

/** Droplets that carry the same roles. */
export interface Group {
  readonly id: string;
  readonly roles: readonly string[];
  readonly droplets: readonly Droplet[];
}

/** The account's droplets by the roles that they carry: the tags that balancers, firewalls and databases choose by. */
export function groupsOf(cloud: Cloud): Group[] {
  const roleTags = selectors(cloud);
  const groups = new Map<string, Droplet[]>();
  for (const droplet of cloud.droplets.list()) {
    const id = droplet.tags.filter((tag) => roleTags.has(tag)).join(" ");
    groups.set(id, [...(groups.get(id) ?? []), droplet]);
  }
  return [...groups].map(([tags, droplets]) => ({
    id: `servers ${tags}`,
    roles: tags.split(" ").filter(Boolean).map(shortTag),
    droplets,
  }));
}

/** The last part of a tag such as `project:stack:web`. */
export function shortTag(tag: string): string {
  return tag.slice(tag.lastIndexOf(":") + 1);
}

/** Whether a firewall stands before a droplet. */
export function covers(firewall: Firewall, droplet: Droplet): boolean {
  return firewall.droplet_ids.includes(droplet.id) || firewall.tags.some((tag) => droplet.tags.includes(tag));
}

/** Whether a balancer sends visitors to a droplet. */
export function serves(cloud: Cloud, balancer: Balancer, droplet: Droplet): boolean {
  return targetsOf(cloud, balancer).includes(droplet.id);
}

function selectors({ balancers, databases, firewalls }: Cloud): ReadonlySet<string> {
  return new Set([
    ...balancers.list().flatMap(({ tag }) => (tag ? [tag] : [])),
    ...databases
      .list()
      .flatMap(({ rules }) => rules.filter(({ type }) => type === "tag").map(({ value }) => value)),
    ...firewalls
      .list()
      .flatMap(({ inbound_rules }) => inbound_rules.flatMap(({ sources }) => sources.tags ?? [])),
  ]);
}
