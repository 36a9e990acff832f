import { object, type Props, text } from "../engine/props";
import { sites } from "./entry";
import { type End, type Flow, visitors } from "./flows";
import type { Arrow, Box, Bus, Frame } from "./picture";
import { distinct, objects, type Resource, type Resources, texts } from "./resources";
import type { Server } from "./servers";
import { type Drawn, onAll } from "./units";

/** What is there to be drawn. */
export interface Scene {
  readonly resources: Resources;
  readonly servers: readonly Server[];
  readonly flows: readonly Flow[];
  readonly drawn: readonly Drawn[];
}

/** URN of the network that something lies in. */
export function networkOf(resources: Resources, urn: string): string | undefined {
  const inputs = ["vpcUuid", "privateNetworkUuid"];
  const members = ["Droplet", "LoadBalancer", "DatabaseCluster"].flatMap((kind) => resources.all(kind));
  return members
    .filter((member) => member.urn === urn)
    .flatMap((member) => inputs.flatMap((input) => resources.from(member, input, "Vpc")))
    .map((vpc) => vpc.urn)[0];
}

/** The networks. What concerns every server is told here once. */
export function networks({ resources, servers }: Scene): Frame[] {
  return resources.all("Vpc").map(({ urn, inputs }) => ({
    id: urn,
    kind: "network",
    title: `VPC ${text(inputs.name)}`,
    lines: [
      `${text(inputs.ipRange)}, ${text(inputs.region)}`,
      ...resources
        .all("Firewall")
        .filter((firewall) => servers.length > 1 && onAll(firewall, servers))
        .map((firewall) => baseline(firewall, text(inputs.ipRange))),
    ],
  }));
}

/** `firewall x-baseline: in icmp; out tcp 53 80 443, udp 123`. */
function baseline({ inputs }: Resource, range: string): string {
  const within = objects(inputs, "inboundRules").filter((rule) =>
    texts(rule, "sourceAddresses").includes(range),
  );
  const out = objects(inputs, "outboundRules").filter((rule) =>
    texts(rule, "destinationAddresses").includes("0.0.0.0/0"),
  );
  const parts = [...rules("from peers", within), ...rules("to anywhere", out)];
  return `firewall ${text(inputs.name)} on every server${parts.length > 0 ? `: ${parts.join("; ")}` : ""}`;
}

function rules(title: string, rules: readonly Props[]): string[] {
  if (rules.length === 0) return [];
  const protocols = distinct(rules.map(({ protocol }) => text(protocol))).map((protocol) =>
    label(
      protocol,
      rules.filter((rule) => rule.protocol === protocol).map(({ portRange }) => text(portRange)),
    ),
  );
  return [`${title} ${protocols.join(", ")}`];
}

export function balancers({ resources }: Scene): Box[] {
  return resources.all("LoadBalancer").map(({ urn, inputs }) => {
    const { sizeUnit, redirectHttpToHttps, healthcheck } = inputs;
    const { protocol, port, path } = object(healthcheck);
    const passthrough = objects(inputs, "forwardingRules").some(
      ({ tlsPassthrough }) => tlsPassthrough === true,
    );
    return {
      id: urn,
      tone: "balancer",
      title: `load balancer ${text(inputs.name)}`,
      lines: [
        sizeUnit === 1 ? "1 unit" : `${text(sizeUnit)} units`,
        ...(redirectHttpToHttps === true ? ["HTTP is redirected"] : []),
        ...(passthrough ? ["TLS passes through"] : []),
        ...(protocol === undefined ? [] : [`checks ${label(text(protocol), [text(port), text(path)])}`]),
      ],
      frame: networkOf(resources, urn),
    };
  });
}

export function clusters({ resources }: Scene): Box[] {
  return resources.all("DatabaseCluster").map(({ urn, inputs }) => ({
    id: urn,
    tone: "db",
    title: `managed ${text(inputs.engine)} ${text(inputs.version)}`,
    lines: [`${text(inputs.size)}, ${text(inputs.nodeCount)} nodes`, text(inputs.name)],
    frame: networkOf(resources, urn),
  }));
}

/** Traffic between servers, balancers and databases. */
export function buses({ flows, drawn }: Scene): Bus[] {
  return flows
    .filter(({ from }) => !from.some(outside))
    .map(({ from, to, protocol, ports, tls }, index) => ({
      id: `bus-${index}`,
      text: `${between(from, to)}: ${label(protocol, ports)}`,
      tls,
      from: distinct(from.map((end) => place(drawn, end))),
      to: distinct(to.map((end) => place(drawn, end))),
    }));
}

/** `web → app`, `db ⇄ db`. */
function between(from: readonly End[], to: readonly End[]): string {
  const [source, target] = [from, to].map(
    ([end]) => end?.role ?? (end?.id.includes(":LoadBalancer::") ? "balancer" : "database"),
  );
  return `${source} ${source === target ? "⇄" : "→"} ${target}`;
}

/** Who comes from outside. */
export function outsiders({ flows, resources }: Scene): { boxes: Box[]; incoming: Flow[] } {
  const ranges = resources.all("Vpc").map(({ inputs }) => text(inputs.ipRange));
  const incoming = flows.filter(({ from }) => from.some((end) => outside(end) && !ranges.includes(end.id)));
  const boxes = distinct(incoming.flatMap(({ from }) => from.map(({ id }) => id))).map(
    (id): Box => ({
      id,
      tone: "outside",
      title: id === visitors.id ? "visitors" : "allowed addresses",
      lines: id === visitors.id ? sites(resources) : [id],
    }),
  );
  return { boxes, incoming };
}

/** Traffic from outside; what may enter every server is drawn to the network that they lie in. */
export function entrances(scene: Scene, incoming: readonly Flow[]): Arrow[] {
  const { resources, servers, drawn } = scene;
  return incoming.flatMap(({ from, to, protocol, ports, tls }) => {
    const everywhere = servers.length > 1 && servers.every(({ urn }) => to.some(({ id }) => id === urn));
    const targets = to.map((end) =>
      everywhere ? (networkOf(resources, end.id) ?? place(drawn, end)) : place(drawn, end),
    );
    return from.flatMap(({ id }) =>
      distinct(targets).map(
        (target): Arrow => ({ from: id, to: target, text: label(protocol, ports), tls, style: "traffic" }),
      ),
    );
  });
}

const outside = ({ id }: End): boolean => id === visitors.id || !id.startsWith("urn:");

/** The cell or box that stands for an end. */
function place(drawn: readonly Drawn[], { id, role }: End): string {
  const found = drawn.find(({ servers }) => servers.some(({ urn }) => urn === id));
  const cell = found?.unit.cells.find((one) => role === undefined || one.role === role);
  return cell?.id ?? id;
}

/** `tcp 3306 9200`. */
const label = (protocol: string, ports: readonly string[]): string =>
  [protocol, ...ports].filter((part) => part !== "").join(" ");
