import { metadataAddress } from "./addresses";
import { interfacesOf, type Port, publicInterface, vpcInterface } from "./host";

/** What a host lets in and out, beside the answers to what was let through. */
export interface Policy {
  readonly inbound: readonly Rule[];
  readonly outbound: readonly Rule[];
}

export interface Rule {
  readonly protocol: "tcp" | "udp" | "icmp";
  /** A port, a range `8000-8999`, or all. */
  readonly ports: string;
  /** IPv4 addresses and CIDRs of the other side. */
  readonly addresses: readonly string[];
}

/**
 * The nftables rules between the hosts: the cloud's firewalls, the walls between VPCs, the cut cables.
 * A host without a policy is open. The metadata service is always within reach.
 * @param dead interfaces whose cables are pulled
 */
export function ruleset(
  ports: readonly Port[],
  dead: readonly string[],
  policies: ReadonlyMap<string, Policy>,
): string {
  const guarded = ports.filter(({ name }) => policies.has(name));
  const jumps = (chain: string) =>
    map(
      guarded.flatMap((port) => interfacesOf(port).map((device) => [device, `jump ${chain}-${port.name}`])),
    );
  const answers = "ct state established,related accept";
  const outbound = guarded.length > 0 ? [`iifname vmap ${jumps("out")}`] : [];
  const inbound = guarded.length > 0 ? [`oifname vmap ${jumps("in")}`] : [];
  const toDead = dead.length > 0 ? [`oifname ${set(dead)} drop`] : [];
  const marks = map(ports.map(({ name, mark }) => [publicInterface(name), `${mark}`]));

  return [
    "table inet cloud",
    "delete table inet cloud",
    "table inet cloud {",
    ...guarded.flatMap(({ name }) => {
      const { inbound, outbound } = policies.get(name) ?? { inbound: [], outbound: [] };
      return [
        ...chain(`in-${name}`, [...inbound.flatMap((rule) => allow(rule, "saddr")), "drop"]),
        ...chain(`out-${name}`, [...outbound.flatMap((rule) => allow(rule, "daddr")), "drop"]),
      ];
    }),
    ...chain("arrive", [
      "type filter hook prerouting priority raw",
      ...(dead.length > 0 ? [`iifname ${set(dead)} drop`] : []),
      ...(ports.length > 0 ? [`ip saddr ${linkLocal} meta mark set iifname map ${marks}`] : []),
      `ip saddr != ${linkLocal} fib saddr . iif oif 0 drop`,
    ]),
    ...chain("forward", [
      "type filter hook forward priority filter; policy drop",
      ...toDead,
      answers,
      ...walls(ports),
      ...outbound,
      ...inbound,
      "meta nfproto ipv4 accept",
    ]),
    ...chain("input", [
      "type filter hook input priority filter",
      answers,
      `ip daddr ${metadataAddress} accept`,
      ...outbound,
    ]),
    ...chain("output", ["type filter hook output priority filter", ...toDead]),
    "}",
    "",
  ].join("\n");
}

const linkLocal = "169.254.0.0/16";

function chain(name: string, rules: readonly string[]): string[] {
  return [`  chain ${name} {`, ...rules.map((rule) => `    ${rule}`), "  }"];
}

function allow({ protocol, ports, addresses }: Rule, side: string): string[] {
  const what =
    ports === "all" || protocol === "icmp" ? `ip protocol ${protocol}` : `${protocol} dport ${ports}`;
  return addresses.map((address) => `ip ${side} ${address} ${what} return`);
}

/** VPCs are closed to each other and to the internet. */
function walls(ports: readonly Port[]): string[] {
  const vpcs = new Set(ports.flatMap(({ vpc }) => vpc?.id ?? []));
  return [...vpcs].flatMap((id) => {
    const members = set(ports.filter(({ vpc }) => vpc?.id === id).map(({ name }) => vpcInterface(name)));
    return [`iifname ${members} oifname != ${members} drop`, `oifname ${members} iifname != ${members} drop`];
  });
}

const set = (members: readonly string[]): string =>
  `{ ${members.map((member) => `"${member}"`).join(", ")} }`;
const map = (pairs: readonly (readonly string[])[]): string =>
  `{ ${pairs.map(([key, value]) => `"${key}" : ${value}`).join(", ")} }`;
