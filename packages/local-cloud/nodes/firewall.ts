import type { Policy, Rule } from "./ruleset";
import type { DatabaseObject, Objects } from "./world";

type Firewall = Objects["firewalls"][number];
type Peers = Firewall["inbound_rules"][number]["sources"];

/** How the objects that a rule may name are reached. */
export interface Directory {
  /** Public and private addresses by droplet id. */
  readonly droplets: ReadonlyMap<number, readonly string[]>;
  readonly tags: ReadonlyMap<number, readonly string[]>;
  readonly balancers: ReadonlyMap<string, readonly string[]>;
}

/**
 * What a droplet's firewalls let through together; undefined where none applies to it, which leaves it open,
 * as DigitalOcean does.
 */
export function policyOf(
  droplet: number,
  firewalls: readonly Firewall[],
  directory: Directory,
): Policy | undefined {
  const tags = directory.tags.get(droplet) ?? [];
  const mine = firewalls.filter(
    (firewall) => firewall.droplet_ids.includes(droplet) || firewall.tags.some((tag) => tags.includes(tag)),
  );
  if (mine.length === 0) return undefined;
  return {
    inbound: mine.flatMap(({ inbound_rules: rules }) =>
      rules.map((rule) => resolve(rule, rule.sources, directory)),
    ),
    outbound: mine.flatMap(({ outbound_rules: rules }) =>
      rules.map((rule) => resolve(rule, rule.destinations, directory)),
    ),
  };
}

/** What a managed database lets in: its trusted sources, or all where it names none. */
export function trustPolicy(rules: DatabaseObject["rules"], port: number, directory: Directory): Policy {
  const values = (type: string) => rules.filter((rule) => rule.type === type).map(({ value }) => value);
  const addresses = addressesOf(
    {
      addresses: rules.length > 0 ? values("ip_addr") : ["0.0.0.0/0"],
      droplet_ids: values("droplet").map(Number),
      tags: values("tag"),
      load_balancer_uids: [],
    },
    directory,
  );
  return { inbound: [{ protocol: "tcp", ports: `${port}`, addresses }], outbound: [] };
}

function resolve(rule: Pick<Rule, "protocol" | "ports">, peers: Peers, directory: Directory): Rule {
  const { protocol, ports } = rule;
  return { protocol, ports: ports === "0" ? "all" : ports, addresses: addressesOf(peers, directory) };
}

/** IPv4 only: the local network has nothing else. */
function addressesOf(peers: Peers, { droplets, tags, balancers }: Directory): string[] {
  const tagged = [...tags].filter(([, own]) => peers.tags.some((tag) => own.includes(tag))).map(([id]) => id);
  const all = [
    ...peers.addresses.filter((address) => !address.includes(":")),
    ...[...peers.droplet_ids, ...tagged].flatMap((id) => droplets.get(id) ?? []),
    ...peers.load_balancer_uids.flatMap((id) => balancers.get(id) ?? []),
  ];
  return [...new Set(all)];
}
