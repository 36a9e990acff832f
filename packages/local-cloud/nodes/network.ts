import {
  macOf,
  metadataAddress,
  mirrorAddress,
  nameServers,
  networkOf,
  publicNetwork,
  resolvers,
} from "./addresses";
import type { Enclosure } from "./enclosure";
import { type Host, interfacesOf, type Port, publicInterface, vpcInterface } from "./host";
import { type Policy, ruleset } from "./ruleset";

/**
 * The network between the hosts. Every packet is routed by the enclosure, even between neighbours, so that the
 * rules outside the hosts see all of it; nothing leads on to the real internet.
 */
export class Network {
  private readonly ports = new Map<string, Port>();
  private readonly cut = new Set<string>();
  private readonly apart = new Set<string>();
  private policies: ReadonlyMap<string, Policy> = new Map();
  private marks = 0;
  private loading: Promise<unknown> = Promise.resolve();

  constructor(private readonly enclosure: Enclosure) {}

  /** Brings up what DigitalOcean's network has by itself. */
  async open(): Promise<void> {
    const own = [metadataAddress, mirrorAddress, ...resolvers, ...Object.values(nameServers)];
    await this.ip(own.map((address) => `addr add ${address}/32 dev lo`));
    await this.load();
  }

  /** Takes an address of the internet, for what is served from this process. */
  async claim(address: string): Promise<void> {
    await this.ip([`addr add ${address}/32 dev lo`]);
  }

  async add(host: Host): Promise<void> {
    const port = { ...host, mark: ++this.marks };
    this.ports.set(host.name, port);
    await this.ip(plug(port));
    if (host.configured) await this.ip(configure(host), host.name);
    await this.load();
  }

  async remove(name: string): Promise<void> {
    const port = this.ports.get(name);
    if (!port) return;
    this.ports.delete(name);
    this.cut.delete(name);
    await this.load();
    await this.ip(unplug(port));
  }

  /** Takes the addresses away that a machine's last run left, as a power cycle does. */
  async reset(name: string): Promise<void> {
    const interfaces = this.ports.get(name)?.vpc ? ["eth0", "eth1"] : ["eth0"];
    await this.ip(
      interfaces.map((each) => `addr flush dev ${each}`),
      name,
    );
  }

  /** Loses every packet from and to a host, in silence, as a pulled cable does; or no longer. */
  async setCut(name: string, cut: boolean): Promise<void> {
    if (cut) this.cut.add(name);
    else this.cut.delete(name);
    await this.load();
  }

  /** The same between a host and its VPC only, which lasts when the host is made anew. */
  async setApart(name: string, apart: boolean): Promise<void> {
    if (apart) this.apart.add(name);
    else this.apart.delete(name);
    await this.load();
  }

  /** Puts the cloud's firewalls in force, by host; a host without a policy is open. */
  async setPolicies(policies: ReadonlyMap<string, Policy>): Promise<void> {
    this.policies = policies;
    await this.load();
  }

  /** The host behind an address, which may be a link-local one that it has just given itself. */
  async hostAt(address: string): Promise<string | undefined> {
    for (const port of this.ports.values()) {
      if (port.publicIp === address || port.vpc?.ip === address) return port.name;
    }
    const neighbours = await this.enclosure.run(["ip", "neigh", "show", "to", address]);
    const device = / dev (\S+)/.exec(neighbours)?.[1];
    return [...this.ports.keys()].find((name) => publicInterface(name) === device);
  }

  addresses(): Set<string> {
    return new Set([...this.ports.values()].flatMap((port) => [port.publicIp, port.vpc?.ip ?? ""]));
  }

  /** The command line that runs a program as that host: in its network, with this machine's files. */
  command(name: string, argv: readonly string[]): string[] {
    return this.enclosure.command(["ip", "netns", "exec", name, ...argv]);
  }

  private load(): Promise<unknown> {
    const rules = () =>
      this.enclosure.run(["nft", "-f", "-"], ruleset([...this.ports.values()], this.dead(), this.policies));
    this.loading = this.loading.then(rules, rules);
    return this.loading;
  }

  /** The interfaces whose cables are pulled. */
  private dead(): string[] {
    const ports = [...this.ports.values()];
    const apart = ports.filter(({ name, vpc }) => vpc && this.apart.has(name));
    const cut = ports.filter(({ name }) => this.cut.has(name));
    return [...new Set([...cut.flatMap(interfacesOf), ...apart.map(({ name }) => vpcInterface(name))])];
  }

  private async ip(lines: readonly string[], namespace?: string): Promise<void> {
    const inside = namespace === undefined ? [] : ["-n", namespace];
    await this.enclosure.run(["ip", ...inside, "-batch", "-"], `${lines.join("\n")}\n`);
  }
}

function plug(port: Port): string[] {
  const { name, publicIp, vpc, mark } = port;
  const link = (device: string, peer: string, mac: string, address: string) => [
    `link add ${device} type veth peer name ${peer} address ${mac} netns ${name}`,
    `ntable change name arp_cache dev ${device} proxy_delay 0`,
    `link set ${device} up`,
    `route replace ${address}/32 dev ${device}`,
  ];
  const outside = publicInterface(name);
  return [
    `netns add ${name}`,
    ...link(outside, "eth0", macOf(publicIp, 0), publicIp),
    `addr replace ${publicNetwork(publicIp).gateway}/32 dev lo`,
    `route add 169.254.0.0/16 dev ${outside} table ${tableOf(mark)}`,
    `rule add fwmark ${mark} lookup ${tableOf(mark)}`,
    ...(vpc ? link(vpcInterface(name), "eth1", macOf(vpc.ip, 1), vpc.ip) : []),
    // Asks for the host's hardware address from within the VPC: a host with strict filters answers nobody else.
    ...(vpc ? [`addr add ${networkOf(vpc.range).gateway}/32 dev ${vpcInterface(name)}`] : []),
  ];
}

function unplug(port: Port): string[] {
  const { name, mark } = port;
  return [
    `rule del fwmark ${mark} lookup ${tableOf(mark)}`,
    // With the namespace they would go in the kernel's own time, and be in the way of a host that is made anew.
    ...interfacesOf(port).map((device) => `link del ${device}`),
    `netns del ${name}`,
  ];
}

function configure({ publicIp, vpc }: Host): string[] {
  const { gateway, prefix } = publicNetwork(publicIp);
  return [
    `link set lo up`,
    `addr add ${publicIp}/${prefix} dev eth0`,
    `link set eth0 up`,
    `route add default via ${gateway}`,
    ...(vpc ? [`addr add ${vpc.ip}/${networkOf(vpc.range).prefix} dev eth1`, `link set eth1 up`] : []),
  ];
}

const firstTable = 1000;
const tableOf = (mark: number): number => firstTable + mark;
