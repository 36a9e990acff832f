import { type Json, list } from "../../../../tools/engine/props";
import { type Cases, type Change, edit, set, without } from "../changes";

const droplet = "digitalocean:Droplet";
const firewall = "digitalocean:Firewall";
const databaseFirewall = "digitalocean:DatabaseFirewall";

const rule = (side: "inboundRules" | "outboundRules", added: Json, name = "firewall-baseline"): Change =>
  edit(firewall, ({ props }) => ({ props: { ...props, [side]: [...list(props[side]), added] } }), name);

const inbound = (portRange: string, sourceAddresses: string[], protocol = "tcp"): Change =>
  rule("inboundRules", { protocol, portRange, sourceAddresses });

const outbound = (portRange: string, protocol = "tcp"): Change =>
  rule("outboundRules", { protocol, portRange, destinationAddresses: ["0.0.0.0/0"] });

export const network: Cases = {
  "no-open-ssh": {
    stack: "prod",
    given: inbound("22", ["203.0.113.0/24"]),
    broken: {
      "SSH for everybody": inbound("22", ["0.0.0.0/0"]),
      "SSH for everybody by IPv6": inbound("22", ["203.0.113.7/32", "::/0"]),
      "SSH for half the internet": inbound("22", ["128.0.0.0/1"]),
      "a range with SSH in it": inbound("20-25", ["0.0.0.0/0"]),
      "all ports": inbound("all", ["0.0.0.0/0"]),
    },
  },
  "no-open-database": {
    stack: "staging",
    given: inbound("3306", ["10.30.16.0/20"]),
    broken: {
      "MySQL for everybody": inbound("3306", ["0.0.0.0/0"]),
      "Galera for everybody": inbound("4567", ["::/0"]),
      "all ports": inbound("1-65535", ["0.0.0.0/0"]),
    },
  },
  "no-open-ports": {
    stack: "prod",
    given: inbound("", ["0.0.0.0/0"], "icmp"),
    broken: {
      "HTTPS past the balancer": inbound("443", ["0.0.0.0/0"]),
      "UDP for everybody": inbound("51820", ["0.0.0.0/0"], "udp"),
    },
  },
  "outbound-limited": {
    stack: "prod",
    given: outbound("587"),
    broken: { "every port outbound": outbound("1-65535"), "0, which is every port": outbound("0", "udp") },
  },
  "server-firewalled": {
    stack: "prod",
    broken: { "a server without the tags": set(droplet, { tags: ["web-infra:prod:web2"] }, "web-1-droplet") },
  },
  "own-firewall": {
    stack: "prod",
    broken: {
      "its firewall gone": without(firewall, "firewall-app-2"),
      "a firewall that two share": set(
        droplet,
        { tags: ["web-infra:prod", "web-infra:prod:app", "web-infra:prod:app-1"] },
        "app-2-droplet",
      ),
    },
  },
  "firewall-first": {
    stack: "prod",
    broken: {
      "a server that waits for nothing": edit(droplet, () => ({ dependsOn: [] }), "web-2-droplet"),
      "a server that waits for another's": edit(
        droplet,
        ({ dependsOn }) => ({ dependsOn: dependsOn.map((urn) => urn.replace("-baseline", "-app-1")) }),
        "web-2-droplet",
      ),
    },
  },
  "in-vpc": {
    stack: "prod",
    given: edit(
      droplet,
      ({ props }) => ({ props: { ...props, vpcUuid: "5a4981aa-9653-4bd1-bef5-d6bff52042e4" }, from: {} }),
      "app-1-droplet",
    ),
    broken: Object.fromEntries(
      ["LoadBalancer", "DatabaseCluster", "Droplet"].map((kind) => [
        `${kind} in the default network`,
        edit(`digitalocean:${kind}`, ({ props }) => ({
          props: { ...props, vpcUuid: null, privateNetworkUuid: null },
          from: {},
        })),
      ]),
    ),
  },
  "database-sources": {
    stack: "prod",
    given: set(databaseFirewall, { rules: [{ type: "ip_addr", value: "203.0.113.7" }] }),
    broken: {
      "no trusted sources": without(databaseFirewall),
      "an empty list": set(databaseFirewall, { rules: [] }),
      "the world as a source": set(databaseFirewall, { rules: [{ type: "ip_addr", value: "0.0.0.0/0" }] }),
    },
  },
};
