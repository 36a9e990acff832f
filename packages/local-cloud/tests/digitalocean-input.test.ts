import { expect } from "chai";
import { type Client, dropletBody, startApi, type TestApi } from "./digitalocean-client";

/** A change that makes a good body one that is refused with 422, and a part of the message. */
type Refusal = readonly [change: object, message: string];

const http = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
const ssh = { protocol: "tcp", ports: "22", sources: { addresses: ["10.0.0.0/8"] } };
const inbound = (change: object) => ({ inbound_rules: [{ ...ssh, ...change }] });
const forwarding = (change: object) => ({ forwarding_rules: [{ ...http, ...change }] });
const check = (change: object) => ({ health_check: { port: 80, ...change } });
const ports = Array.from({ length: 51 }, (_, at) => ({ ...ssh, ports: String(at + 1) }));

const refused: Readonly<Record<string, readonly [good: object, refusals: readonly Refusal[]]>> = {
  "/v2/droplets": [
    dropletBody("a"),
    [
      [{ size: "s-9vcpu" }, "invalid size for Droplet creation"],
      [{ region: "mars1" }, "invalid region for Droplet creation"],
      [{ image: "beos-5" }, "invalid image for Droplet creation"],
      [{ name: "a b" }, "name Only valid hostname characters are allowed"],
      [{ name: undefined }, "name is required"],
      [{ ssh_keys: [7] }, "7 are invalid key identifiers"],
      [{ user_data: "x".repeat(65537) }, "user_data is too long (maximum is 65536 bytes)"],
      [{ vpc_uuid: "x" }, "vpc_uuid"],
      [{ volumes: ["x"] }, "volume x does not exist"],
      [{ tags: ["a.b"] }, "tags.0 tags may only contain"],
      [{ backups: true, backup_policy: { plan: "hourly" } }, "backup_policy.plan must be daily or weekly"],
    ],
  ],
  "/v2/vpcs": [
    { name: "a", region: "nyc3", ip_range: "10.10.0.0/20" },
    [
      [{ region: "mars1" }, "region is invalid"],
      [{ ip_range: "10.0.0.0/8" }, "between /16 and /28"],
      [{ ip_range: "8.8.0.0/20" }, "private range"],
      [{ ip_range: "10.108.0.0/16" }, "overlaps"],
      [{ ip_range: "ten" }, "IPv4 CIDR"],
    ],
  ],
  "/v2/firewalls": [
    { name: "wall", inbound_rules: [ssh] },
    [
      [{ name: "a b" }, "name must start with"],
      [inbound({ ports: "90-80" }), "inbound_rules.0.ports invalid port range"],
      [inbound({ ports: "70000" }), "inbound_rules.0.ports invalid port range"],
      [inbound({ protocol: "gre" }), "invalid protocol"],
      [inbound({ sources: { addresses: ["10.0.0.0/33"] } }), "invalid address"],
      [inbound({ sources: {} }), "at least one source"],
      [inbound({ sources: { tags: ["no"] } }), "tag no does not exist"],
      [inbound({ sources: { load_balancer_uids: ["no"] } }), "load balancer no does not exist"],
      [{ tags: ["no"] }, "tag no does not exist"],
      [{ droplet_ids: [7] }, "droplet 7 does not exist"],
      [{ inbound_rules: [] }, "at least one rule"],
      [{ inbound_rules: ports }, "at most 50 rules, not 51"],
    ],
  ],
  "/v2/load_balancers": [
    { name: "lb", region: "nyc3", forwarding_rules: [http] },
    [
      [{ forwarding_rules: [] }, "at least one forwarding rule"],
      [{ forwarding_rules: [http, http] }, "share the entry port 80"],
      [forwarding({ entry_protocol: "https" }), "certificate_id or tls_passthrough is required"],
      [forwarding({ entry_protocol: "https", certificate_id: "x" }), "certificate x does not exist"],
      [forwarding({ entry_protocol: "https", tls_passthrough: true }), "tls_passthrough"],
      [forwarding({ entry_protocol: "tcp" }), "can not be forwarded"],
      [forwarding({ target_port: 0 }), "forwarding_rules.0.target_port must be between 1 and 65535"],
      [{ redirect_http_to_https: true }, "redirect_http_to_https"],
      [check({ protocol: "tcp", path: "/" }), "health_check.path"],
      [check({ check_interval_seconds: 1 }), "health_check.check_interval_seconds must be between 3 and 300"],
      [{ droplet_ids: [1], tag: "x" }, "can not both be given"],
      [{ tag: "no" }, "tag no does not exist"],
      [{ size_unit: 201 }, "between 1 and 200"],
      [{ sticky_sessions: { type: "cookies", cookie_name: "c" } }, "cookie_name of 2 to 40"],
      [{ http_idle_timeout_seconds: 5 }, "between 30 and 600"],
    ],
  ],
  "/v2/certificates": [
    { name: "a", type: "lets_encrypt", dns_names: ["www.rules.example"] },
    [
      [{ dns_names: ["www.example.org"] }, "www.example.org is not managed"],
      [{ type: "custom", leaf_certificate: "x", private_key: "y" }, "leaf_certificate is not valid PEM"],
    ],
  ],
  "/v2/domains": [
    { name: "other.example" },
    [
      [{ name: "foo" }, "not a valid domain"],
      [{ name: "rules.example" }, "already exists"],
    ],
  ],
  "/v2/domains/rules.example/records": [
    { type: "A", name: "a", data: "198.18.0.9" },
    [
      [{ data: "b" }, "IPv4 format"],
      [{ type: "MX", name: "@", data: "a.b." }, "priority is required"],
      [{ type: "CNAME", name: "@", data: "a.b." }, "CNAME records cannot share"],
      [{ type: "WKS" }, "type is not a supported record type"],
      [{ ttl: 5 }, "ttl must be at least 30"],
    ],
  ],
  "/v2/databases": [
    { name: "app-db", engine: "mysql", version: "8", size: "db-s-1vcpu-2gb", region: "nyc3", num_nodes: 1 },
    [
      [{ name: "A" }, "name must be 3 to 63 characters"],
      [{ engine: "db2" }, "invalid cluster engine"],
      [{ version: "5" }, "invalid cluster engine version"],
      [{ size: "db-s-1vcpu-1gb", num_nodes: 2 }, "can not have 2 nodes"],
      [{ num_nodes: 4 }, "invalid node count"],
      [{ size: "db-x" }, "invalid size"],
      [{ storage_size_mib: 10240 }, "between 30720"],
    ],
  ],
  "/v2/volumes": [
    { name: "a", region: "nyc3", size_gigabytes: 1 },
    [
      [{ size_gigabytes: 0 }, "at least 1"],
      [{ name: "A" }, "lowercase"],
      [{ filesystem_type: "zfs" }, "ext4 or xfs"],
    ],
  ],
  "/v2/monitoring/alerts": [
    {
      type: "v1/insights/droplet/cpu",
      description: "",
      compare: "GreaterThan",
      value: 90,
      window: "5m",
      alerts: { email: ["a@example.com"] },
    },
    [
      [{ type: "v1/insights/droplet/mood" }, "type is not a valid alert type"],
      [{ window: "7m" }, "window must be one of"],
      [{ alerts: {} }, "at least one e-mail"],
    ],
  ],
  "/v2/account/keys": [{ name: "a" }, [[{ public_key: "ssh-rsa x" }, "Key invalid"]]],
  "/v2/tags": [{ name: "a" }, [[{ name: "a.b" }, "may only contain"]]],
  "/v2/uptime/checks": [{ name: "a", target: "x" }, [[{ type: "smoke" }, "type must be one of"]]],
  "/v2/projects": [{ name: "a", purpose: "IoT" }, [[{ environment: "moon" }, "environment must be one of"]]],
  "/v2/reserved_ips": [{ region: "nyc3" }, [[{ region: "mars1" }, "valid region or droplet_id"]]],
};

describe("DigitalOcean refuses wrong input, with the field and its limit", () => {
  let api: TestApi;
  let client: Client;

  before(async () => {
    api = await startApi();
    client = api.client;
    await client.make("POST", "/v2/domains", { name: "rules.example" });
  });
  after(() => api.close());

  for (const [path, [good, refusals]] of Object.entries(refused)) {
    it(`POST ${path}`, async () => {
      for (const [change, message] of refusals) {
        const { status, body } = await client.call("POST", path, { ...good, ...change });
        expect(body.message).to.include(message);
        expect([status, body.id]).to.deep.equal([422, "unprocessable_entity"]);
      }
    });
  }

  it("in pages", async () => {
    const { status, body } = await client.call("GET", "/v2/droplets?page=0");
    expect([status, body.message]).to.deep.equal([422, "page must be a positive number"]);
  });
});
