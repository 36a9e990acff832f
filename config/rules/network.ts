import { type Cidr, contains, overlaps, parseCidr } from "../cidr";
import { serverCount } from "../derived";
import { type Fault, shown } from "../faults";
import type { Rule } from "../rule";

const ranges = (...texts: string[]) => texts.map((text) => ({ text, cidr: parseCidr(text) }));
const privateRanges = ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

/** What DigitalOcean keeps for itself, in all regions and in one (docs.digitalocean.com, VPC, plan your network). */
const reservedRanges = ranges("10.244.0.0/16", "10.245.0.0/16", "10.246.0.0/24", "10.229.0.0/16");
const reservedInRegion: Readonly<Record<string, typeof reservedRanges>> = { nyc1: ranges("10.10.0.0/16") };

/** Network and broadcast address, the gateway, and two that DigitalOcean keeps. */
const keptByTheNetwork = 5;

function holds(outer: Cidr | undefined, inner: Cidr): boolean {
  return outer !== undefined && contains(outer, inner);
}

function rangeFault(value: string, limit: string, mend: string): Fault[] {
  return [{ path: "network.ipRange", value: shown(value), limit, mend }];
}

const usableRange: Rule = {
  compares: [],
  check: ({ network: { ipRange }, region }) => {
    const cidr = parseCidr(ipRange);
    if (!cidr) return rangeFault(ipRange, "an IPv4 range", "Write it as 10.30.0.0/20.");
    if (cidr.prefix < 16 || cidr.prefix > 28)
      return rangeFault(
        ipRange,
        "/16 to /28, as DigitalOcean allows",
        "Choose a length within that; /20 is a good one.",
      );
    if (!cidr.aligned)
      return rangeFault(
        ipRange,
        `the first address of a range: bits after the /${cidr.prefix} are set`,
        "Clear the bits after the length, as in 10.30.16.0/20.",
      );
    if (!privateRanges.some((range) => holds(range.cidr, cidr)))
      return rangeFault(
        ipRange,
        `within ${privateRanges.map(({ text }) => text).join(", ")}`,
        "Choose a private range that no other VPC of the account uses, such as 10.30.0.0/20.",
      );
    const reserved = [...reservedRanges, ...(reservedInRegion[region] ?? [])];
    const taken = reserved.find((range) => range.cidr && overlaps(range.cidr, cidr));
    return taken
      ? rangeFault(
          ipRange,
          `outside ${taken.text}, which DigitalOcean keeps in ${region}`,
          "Choose another range.",
        )
      : [];
  },
};

const roomyRange: Rule = {
  compares: [
    "network.ipRange",
    "pools[].count",
    "loadBalancer.units",
    "database.mode",
    "database.managed.nodes",
  ],
  check: (settings) => {
    const { network, loadBalancer, database } = settings;
    const cidr = parseCidr(network.ipRange);
    if (!cidr) return [];
    const databaseNodes = database.mode === "managed" ? database.managed.nodes : 0;
    // A replaced server is made before the old one goes, so each may need a second address for a while.
    const wanted = 2 * serverCount(settings) + loadBalancer.units + databaseNodes + keptByTheNetwork;
    if (cidr.last - cidr.first + 1n >= BigInt(wanted)) return [];
    return rangeFault(
      network.ipRange,
      `${wanted} addresses or more: every server twice while it is replaced, balancer and database nodes, ${keptByTheNetwork} kept by the network`,
      `Choose a range of /${32 - Math.ceil(Math.log2(wanted))} or wider.`,
    );
  },
};

export const networkRules = [usableRange, roomyRange];
