import type { types } from "@pulumi/digitalocean";
import type { Input } from "@pulumi/pulumi";
import { ports } from "../cloudinit/ports";
import type { Role } from "../config/schema";
import type { Stack } from "./stack";

type Inbound = types.input.FirewallInboundRule;
type Outbound = types.input.FirewallOutboundRule;

const everywhere = ["0.0.0.0/0", "::/0"];
const tcp = (port: number, from: Partial<Inbound>): Inbound => ({
  protocol: "tcp",
  portRange: String(port),
  ...from,
});

/** What every server may receive and send before it has a role. */
export function baselineRules({ settings }: Stack): { inbound: Inbound[]; outbound: Outbound[] } {
  const { ipRange } = settings.network;
  return {
    inbound: baselineInbound(ipRange, settings.access.adminCidrs),
    outbound: baselineOutbound(ipRange),
  };
}

/** SSH from the admins, ping within the VPC. */
function baselineInbound(ipRange: string, adminCidrs: readonly string[]): Inbound[] {
  const ssh = adminCidrs.length > 0 ? [tcp(22, { sourceAddresses: [...adminCidrs] })] : [];
  return [{ protocol: "icmp", sourceAddresses: [ipRange] }, ...ssh];
}

/** Names, time, packages over HTTP(S), and anything to the peers in the VPC. */
function baselineOutbound(ipRange: string): Outbound[] {
  const open = (protocol: string, port: number): Outbound => ({
    protocol,
    portRange: String(port),
    destinationAddresses: everywhere,
  });
  const peers = (protocol: string): Outbound => ({
    protocol,
    portRange: "1-65535",
    destinationAddresses: [ipRange],
  });
  return [
    ...[53, 80, 443].map((port) => open("tcp", port)),
    ...[53, 123].map((port) => open("udp", port)),
    { protocol: "icmp", destinationAddresses: everywhere },
    peers("tcp"),
    peers("udp"),
  ];
}

/**
 * Outbound rules of a server's own firewall: nothing that the baseline does not allow. While the balancer is made anew
 * its id is unknown, and with it all of the inbound rules; the provider refuses a firewall without any rule it knows.
 */
export const ownOutbound = ({ settings }: Stack): Outbound[] => [
  { protocol: "icmp", destinationAddresses: [settings.network.ipRange] },
];

/** Who a server's roles let in, told apart by tag so that no rule names an address. */
export interface RoleSources {
  readonly balancerId: Input<string>;
  readonly tags: Readonly<Record<Role, Input<string>>>;
}

/** What the roles of one server add to the baseline. */
export function roleInbound(roles: readonly Role[], { settings }: Stack, sources: RoleSources): Inbound[] {
  const galera = settings.database.mode === "cluster" ? ports.galera : [];
  const fromTag = (role: Role) => ({ sourceTags: [sources.tags[role]] });
  const rules: Record<Role, () => Inbound[]> = {
    web: () => [tcp(ports.https, { sourceLoadBalancerUids: [sources.balancerId] })],
    app: () => [tcp(settings.app.port, fromTag("web"))],
    db: () => [
      ...[ports.mysql, ports.databaseHealth].map((port) =>
        tcp(port, { sourceTags: [sources.tags.app, sources.tags.db] }),
      ),
      ...galera.map((port) => tcp(port, fromTag("db"))),
    ],
  };
  return roles.flatMap((role) => rules[role]());
}
