import ipaddr from "ipaddr.js";

/** DigitalOcean's addresses that the servers meet. */
export const metadataAddress = "169.254.169.254";
export const resolvers = ["67.207.67.2", "67.207.67.3"];
export const nameServers: Readonly<Record<string, string>> = {
  "ns1.digitalocean.com": "173.245.58.51",
  "ns2.digitalocean.com": "173.245.59.41",
  "ns3.digitalocean.com": "198.41.222.173",
};

/** Where the Debian mirrors' names point to: an address for documentation, nobody's. */
export const mirrorAddress = "198.51.100.80";

/** Where names of the internet point to that are served here: addresses for documentation, nobody's. */
export const internetRange = "203.0.113.0/24";

/** Where public addresses come from. */
export const publicRange = "198.18.0.0/15";

export interface Ipv4Network {
  readonly netmask: string;
  readonly gateway: string;
  readonly prefix: number;
}

/** The network a CIDR stands for; its gateway is the first address. */
export function networkOf(cidr: string): Ipv4Network {
  const [, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).octets;
  return {
    netmask: ipaddr.IPv4.subnetMaskFromPrefixLength(prefix).toString(),
    gateway: new ipaddr.IPv4([...first.slice(0, 3), (first[3] ?? 0) + 1]).toString(),
    prefix,
  };
}

/** The public network of an address; the local cloud gives all of them out of one range. */
export function publicNetwork(address: string): Ipv4Network {
  return networkOf(`${address}/${publicRange.split("/")[1]}`);
}

/**
 * The highest address of a range that nobody has; droplets get theirs from the low end.
 * @throws when the range is full.
 */
export function freeAddress(cidr: string, taken: ReadonlySet<string>): string {
  const highest = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidr).octets) - 1;
  const lowest = toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr).octets) + 1;
  for (let number = highest; number > lowest; number--) {
    const address = fromNumber(number).toString();
    if (!taken.has(address)) return address;
  }
  throw new Error(`The range ${cidr} has no free address left: make it wider.`);
}

/** A hardware address told by the address it carries, so that each is unique. */
export function macOf(address: string, kind: 0 | 1): string {
  const octets = [2, kind, ...ipaddr.IPv4.parse(address).octets];
  return octets.map((octet) => octet.toString(16).padStart(2, "0")).join(":");
}

function toNumber(octets: readonly number[]): number {
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

function fromNumber(number: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([24, 16, 8, 0].map((shift) => (number >>> shift) & 255));
}
