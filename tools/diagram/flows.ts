import { ports } from "../../cloudinit/ports";
import type { Role } from "../../config/schema";
import { type Props, text } from "../engine/props";
import { distinct, grouped, objects, type Resource, type Resources, texts } from "./resources";
import { roleOf, type Server } from "./servers";

/** Where a flow begins or ends: a role of a server, or something that has none. */
export interface End {
  /** URN of the server, balancer or database cluster; `visitors`; or the addresses let in. */
  readonly id: string;
  readonly role?: Role;
}

/** Traffic that is let through, as one or more rules say. */
export interface Flow {
  readonly from: readonly End[];
  readonly to: readonly End[];
  readonly protocol: string;
  /** Port or range; empty where the protocol has none or the provider chooses it. */
  readonly ports: readonly string[];
  readonly tls: boolean;
}

export const visitors: End = { id: "visitors" };

/** All traffic that the stack's rules let through, rules that differ only in the port or the server told together. */
export function flows(resources: Resources, servers: readonly Server[]): Flow[] {
  const single = [
    ...resources.all("LoadBalancer").flatMap(entries),
    ...servers.flatMap((server) => inbound(resources, servers, server)),
    ...resources.all("DatabaseFirewall").flatMap((firewall) => intoCluster(resources, servers, firewall)),
  ];
  const byServer = grouped(single, ({ from, to, protocol, ports, tls }) => [
    from,
    to.map(({ role }) => role ?? ""),
    [protocol, ports, tls],
  ]).map((flows) => joined(flows, { to: flows.flatMap(({ to }) => to) }));
  return grouped(byServer, ({ from, to, protocol, tls }) => [from, to, protocol, tls]).map((flows) =>
    joined(flows, { ports: distinct(flows.flatMap(({ ports }) => ports)) }),
  );
}

const joined = ([first]: readonly Flow[], change: Partial<Flow>): Flow => ({ ...(first as Flow), ...change });

/** What visitors may ask of a balancer. */
function entries(balancer: Resource): Flow[] {
  return objects(balancer.inputs, "forwardingRules").map((rule) => ({
    from: [visitors],
    to: [{ id: balancer.urn }],
    protocol: text(rule.entryProtocol),
    ports: [text(rule.entryPort)],
    tls: encrypted(text(rule.entryProtocol)),
  }));
}

const encrypted = (protocol: string): boolean => ["https", "http2", "http3"].includes(protocol);

/** What a server's firewalls let in. */
function inbound(resources: Resources, servers: readonly Server[], server: Server): Flow[] {
  return server.firewalls.flatMap((firewall) =>
    objects(firewall.inputs, "inboundRules").flatMap((rule) => {
      const { protocol, port } = { protocol: text(rule.protocol), port: text(rule.portRange) };
      const into = { to: [{ id: server.urn, role: listener(server, port) }], protocol, ports: [port] };
      const addresses = texts(rule, "sourceAddresses");
      return [
        ...balanced(resources, firewall, rule, server).map((flow) => ({ ...into, ...flow })),
        ...texts(rule, "sourceTags").map((tag) => ({
          ...into,
          from: tagged(servers, tag),
          tls: server.certified && protocol === "tcp",
        })),
        // A certificate on the server doesn't say that what outsiders reach is encrypted with it.
        ...(addresses.length > 0
          ? [{ ...into, from: [{ id: addresses.join(", ") }], to: [{ id: server.urn }], tls: false }]
          : []),
      ].filter(({ from }) => from.some(({ id }) => id !== server.urn));
    }),
  );
}

/** The balancers that a rule lets in and that do forward to this server and port. */
function balanced(resources: Resources, firewall: Resource, rule: Props, { tags }: Server) {
  if (texts(rule, "sourceLoadBalancerUids").length === 0) return [];
  return resources
    .from(firewall, "inboundRules", "LoadBalancer")
    .filter(({ inputs }) => tags.includes(text(inputs.dropletTag)))
    .flatMap(({ urn, inputs }) =>
      objects(inputs, "forwardingRules")
        .filter(({ targetPort }) => text(targetPort) === rule.portRange)
        .map(({ targetProtocol }) => ({ from: [{ id: urn }], tls: encrypted(text(targetProtocol)) })),
    );
}

function intoCluster(resources: Resources, servers: readonly Server[], firewall: Resource): Flow[] {
  return resources.from(firewall, "clusterId", "DatabaseCluster").flatMap(({ urn, inputs }) =>
    objects(firewall.inputs, "rules").map((rule) => ({
      from: rule.type === "tag" ? tagged(servers, text(rule.value)) : [{ id: text(rule.value) }],
      to: [{ id: urn }],
      protocol: text(inputs.engine),
      ports: [],
      // DigitalOcean's databases take no plain connections.
      tls: true,
    })),
  );
}

function tagged(servers: readonly Server[], tag: string): End[] {
  return servers
    .filter(({ tags }) => tags.includes(tag))
    .map(({ urn, roles }) => ({ id: urn, role: roleOf(tag) ?? roles[0] }));
}

/** The role that answers on a port; a rule itself names only the server. */
function listener({ roles: carried }: Server, port: string): Role | undefined {
  const database = [ports.mysql, ports.databaseHealth, ...ports.galera].map(String);
  const role: Role = port === String(ports.https) ? "web" : database.includes(port) ? "db" : "app";
  return carried.includes(role) ? role : carried.at(-1);
}
