import type { types } from "@pulumi/digitalocean";
import type { Input } from "@pulumi/pulumi";
import { ports } from "../cloudinit/ports";
import type { Role } from "../config/schema";

type Inbound = types.input.FirewallInboundRule;
type Outbound = types.input.FirewallOutboundRule;

const everywhere = ["0.0.0.0/0", "::/0"];
const tcp = (port: number, from: Partial<Inbound>): Inbound => ({
  protocol: "tcp",
  portRange: String(port),
  ...from,
});

/** What every server may receive before it has a role: SSH from the admins, ping within the VPC. */
export function baselineInbound(ipRange: string, adminCidrs: readonly string[]): Inbound[] {
  const ssh = adminCidrs.length > 0 ? [tcp(22, { sourceAddresses: [...adminCidrs] })] : [];
  return [{ protocol: "icmp", sourceAddresses: [ipRange] }, ...ssh];
}

/** What every server may send: names, time, packages over HTTP(S), and anything to its peers in the VPC. */
export function baselineOutbound(ipRange: string): Outbound[] {
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

/** Who a server's roles let in, told apart by tag so that no rule names an address. */
export interface RoleSources {
  readonly balancerId: Input<string>;
  readonly tags: Readonly<Record<Role, Input<string>>>;
  readonly appPort: number;
  /** Whether the database is a Galera cluster, whose nodes talk to each other on three more ports. */
  readonly galera: boolean;
}

/** What the roles of one server add to the baseline. */
export function roleInbound(roles: readonly Role[], sources: RoleSources): Inbound[] {
  const fromTag = (role: Role) => ({ sourceTags: [sources.tags[role]] });
  const rules: Record<Role, () => Inbound[]> = {
    web: () => [tcp(ports.https, { sourceLoadBalancerUids: [sources.balancerId] })],
    app: () => [tcp(sources.appPort, fromTag("web"))],
    db: () => [
      ...[ports.mysql, ports.databaseHealth].map((port) =>
        tcp(port, { sourceTags: [sources.tags.app, sources.tags.db] }),
      ),
      ...(sources.galera ? ports.galera.map((port) => tcp(port, fromTag("db"))) : []),
    ],
  };
  return roles.flatMap((role) => rules[role]());
}
