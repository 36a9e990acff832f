import { list, object, text } from "../tools/engine/props";
import { isUnknown, type Resource, type Resources } from "./resource";
import type { Stack } from "./stack";

export const droplet = "digitalocean:Droplet";
export const firewall = "digitalocean:Firewall";

export const roles = ["web", "app", "db"] as const;

/** A tag of the stack: of all of it, or of a part. */
export const tagOf = ({ project, name }: Stack, part?: string): string =>
  [project, name, part].filter((word) => word !== undefined).join(":");

/** The tags of a resource that are known. */
export const tags = ({ props }: Resource): string[] =>
  list(props.tags)
    .filter((tag) => !isUnknown(tag))
    .map(text);

/** The servers with a role. */
export const serversWith = (role: (typeof roles)[number], resources: Resources, stack: Stack): Resource[] =>
  resources.of(droplet).filter((server) => tags(server).includes(tagOf(stack, role)));

/** Whether something that selects by tag or by id, such as a firewall, applies to a server. */
export function selects(selector: Resource, server: Resource): boolean {
  const shared = tags(selector).some((tag) => tags(server).includes(tag));
  return shared || (selector.from.dropletIds?.includes(server.urn) ?? false);
}

/** The firewalls that apply to a server. */
export const firewallsOf = (server: Resource, resources: Resources): Resource[] =>
  resources.of(firewall).filter((one) => selects(one, server));

/** One rule of a firewall for what comes in, or goes out. */
export interface Opening {
  readonly protocol: string;
  /** Both 0 for ICMP. */
  readonly ports: readonly [first: number, last: number];
  readonly addresses: readonly string[];
}

export const inbound = ({ props }: Resource): Opening[] => openings(props, "inboundRules", "sourceAddresses");
export const outbound = ({ props }: Resource): Opening[] =>
  openings(props, "outboundRules", "destinationAddresses");

function openings(props: Resource["props"], rules: string, addresses: string): Opening[] {
  return list(props[rules]).map((rule) => {
    const { protocol, portRange, [addresses]: known } = object(rule);
    return {
      protocol: text(protocol),
      ports: protocol === "icmp" ? [0, 0] : portsOf(text(portRange)),
      addresses: list(known)
        .filter((address) => !isUnknown(address))
        .map(text),
    };
  });
}

/** DigitalOcean takes `all`, or 0, for every port. */
function portsOf(range: string): [number, number] {
  if (["", "0", "all"].includes(range)) return [1, 65535];
  const [first = 0, last = first] = range.split("-").map(Number);
  return [first, last];
}

export const admits = ({ protocol, ports: [first, last] }: Opening, port: number): boolean =>
  protocol !== "icmp" && first <= port && port <= last;

/** A range as wide as half the internet is all of it in two pieces: nothing wider than an IPv4 /8 is a somebody. */
export function isWorld(address: string): boolean {
  const [network = "", bits = "128"] = address.split("/");
  return Number(bits) < (network.includes(":") ? 16 : 8);
}

export const toWorld = ({ addresses }: Opening): boolean => addresses.some(isWorld);
