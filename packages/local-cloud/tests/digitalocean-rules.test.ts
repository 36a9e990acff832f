import { expect } from "chai";
import { type Client, dropletBody, startApi, type TestApi } from "./digitalocean-client";
import { publicKey } from "./keys";
import { pems } from "./pems";

type Call = readonly [method: string, path: string, body?: unknown];
/** What is refused, the call, the status, and a part of the message. */
type Rule = readonly [what: string, call: Call, status: number, message: string];

const http = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
const balancer = (more: object) => ({ name: "lb", region: "nyc3", forwarding_rules: [http], ...more });
const inbound = (rule: object) => ({
  name: "wall",
  inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["10.0.0.0/8"] }, ...rule }],
});
const cluster = (more: object) => ({
  name: "app-db",
  engine: "mysql",
  version: "8",
  size: "db-s-1vcpu-2gb",
  region: "nyc3",
  num_nodes: 1,
  ...more,
});
const policy = (more: object) => ({
  type: "v1/insights/droplet/cpu",
  description: "",
  compare: "GreaterThan",
  value: 90,
  window: "5m",
  alerts: { email: ["a@example.com"] },
  ...more,
});
const times = <T>(count: number, item: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => item(at));

const wrongInput: readonly Rule[] = [
  [
    "a size nobody has",
    ["POST", "/v2/droplets", dropletBody("a", { size: "s-9vcpu" })],
    422,
    "invalid size for Droplet creation",
  ],
  [
    "an unknown region",
    ["POST", "/v2/droplets", dropletBody("a", { region: "mars1" })],
    422,
    "invalid region for Droplet creation",
  ],
  [
    "an unknown image",
    ["POST", "/v2/droplets", dropletBody("a", { image: "beos-5" })],
    422,
    "invalid image for Droplet creation",
  ],
  [
    "a droplet name with a blank",
    ["POST", "/v2/droplets", dropletBody("a b")],
    422,
    "Only valid hostname characters",
  ],
  [
    "a droplet without a name",
    ["POST", "/v2/droplets", dropletBody("a", { name: undefined })],
    422,
    "name is required",
  ],
  [
    "an unknown SSH key",
    ["POST", "/v2/droplets", dropletBody("a", { ssh_keys: [7] })],
    422,
    "7 are invalid key identifiers",
  ],
  [
    "user-data above 64 KiB",
    ["POST", "/v2/droplets", dropletBody("a", { user_data: "x".repeat(65537) })],
    422,
    "user_data is too long (maximum is 65536 bytes)",
  ],
  ["a VPC that isn't there", ["POST", "/v2/droplets", dropletBody("a", { vpc_uuid: "x" })], 422, "vpc_uuid"],
  [
    "a volume that isn't there",
    ["POST", "/v2/droplets", dropletBody("a", { volumes: ["x"] })],
    422,
    "volume x does not exist",
  ],
  ["a tag with a dot", ["POST", "/v2/tags", { name: "a.b" }], 422, "may only contain"],
  [
    "a VPC range above /16",
    ["POST", "/v2/vpcs", { name: "a", region: "nyc3", ip_range: "10.0.0.0/8" }],
    422,
    "between /16 and /28",
  ],
  [
    "a public VPC range",
    ["POST", "/v2/vpcs", { name: "a", region: "nyc3", ip_range: "8.8.0.0/20" }],
    422,
    "private range",
  ],
  [
    "a VPC range that overlaps",
    ["POST", "/v2/vpcs", { name: "a", region: "nyc3", ip_range: "10.108.0.0/16" }],
    422,
    "overlaps",
  ],
  [
    "a firewall name with a blank",
    ["POST", "/v2/firewalls", { ...inbound({}), name: "a b" }],
    422,
    "name must start with",
  ],
  [
    "a port range turned round",
    ["POST", "/v2/firewalls", inbound({ ports: "90-80" })],
    422,
    "inbound_rules.0.ports invalid port range",
  ],
  [
    "a protocol unknown to firewalls",
    ["POST", "/v2/firewalls", inbound({ protocol: "gre" })],
    422,
    "invalid protocol",
  ],
  [
    "an address that is none",
    ["POST", "/v2/firewalls", inbound({ sources: { addresses: ["10.0.0.0/33"] } })],
    422,
    "invalid address",
  ],
  ["a rule from nowhere", ["POST", "/v2/firewalls", inbound({ sources: {} })], 422, "at least one source"],
  [
    "a rule from a missing tag",
    ["POST", "/v2/firewalls", inbound({ sources: { tags: ["no"] } })],
    422,
    "tag no does not exist",
  ],
  [
    "a firewall on a missing tag",
    ["POST", "/v2/firewalls", { ...inbound({}), tags: ["no"] }],
    422,
    "tag no does not exist",
  ],
  [
    "a firewall on a missing droplet",
    ["POST", "/v2/firewalls", { ...inbound({}), droplet_ids: [7] }],
    422,
    "droplet 7 does not exist",
  ],
  ["a firewall without rules", ["POST", "/v2/firewalls", { name: "wall" }], 422, "at least one rule"],
  [
    "51 rules",
    [
      "POST",
      "/v2/firewalls",
      {
        name: "wall",
        inbound_rules: times(51, (at) => ({
          protocol: "tcp",
          ports: `${at + 1}`,
          sources: { addresses: ["::/0"] },
        })),
      },
    ],
    422,
    "at most 50 rules, not 51",
  ],
  [
    "a balancer without rules",
    ["POST", "/v2/load_balancers", balancer({ forwarding_rules: [] })],
    422,
    "at least one forwarding rule",
  ],
  [
    "https without a certificate",
    ["POST", "/v2/load_balancers", balancer({ forwarding_rules: [{ ...http, entry_protocol: "https" }] })],
    422,
    "certificate_id or tls_passthrough is required",
  ],
  [
    "a certificate that isn't there",
    [
      "POST",
      "/v2/load_balancers",
      balancer({ forwarding_rules: [{ ...http, entry_protocol: "https", certificate_id: "x" }] }),
    ],
    422,
    "certificate x does not exist",
  ],
  [
    "passthrough to http",
    [
      "POST",
      "/v2/load_balancers",
      balancer({ forwarding_rules: [{ ...http, entry_protocol: "https", tls_passthrough: true }] }),
    ],
    422,
    "tls_passthrough",
  ],
  [
    "tcp forwarded to http",
    ["POST", "/v2/load_balancers", balancer({ forwarding_rules: [{ ...http, entry_protocol: "tcp" }] })],
    422,
    "can not be forwarded",
  ],
  [
    "an entry port used twice",
    ["POST", "/v2/load_balancers", balancer({ forwarding_rules: [http, http] })],
    422,
    "share the entry port 80",
  ],
  [
    "a redirect without https",
    ["POST", "/v2/load_balancers", balancer({ redirect_http_to_https: true })],
    422,
    "redirect_http_to_https",
  ],
  [
    "a path in a tcp health check",
    ["POST", "/v2/load_balancers", balancer({ health_check: { protocol: "tcp", port: 80, path: "/" } })],
    422,
    "health_check.path",
  ],
  [
    "a health check each second",
    ["POST", "/v2/load_balancers", balancer({ health_check: { port: 80, check_interval_seconds: 1 } })],
    422,
    "between 3 and 300",
  ],
  [
    "droplets by id and by tag",
    ["POST", "/v2/load_balancers", balancer({ droplet_ids: [1], tag: "x" })],
    422,
    "can not both be given",
  ],
  [
    "a balancer of 201 units",
    ["POST", "/v2/load_balancers", balancer({ size_unit: 201 })],
    422,
    "between 1 and 200",
  ],
  [
    "Let's Encrypt for a foreign domain",
    ["POST", "/v2/certificates", { name: "a", type: "lets_encrypt", dns_names: ["www.example.org"] }],
    422,
    "www.example.org is not managed",
  ],
  [
    "a certificate that is no PEM",
    ["POST", "/v2/certificates", { name: "a", leaf_certificate: "x", private_key: "y" }],
    422,
    "leaf_certificate is not valid PEM",
  ],
  ["a domain that is no name", ["POST", "/v2/domains", { name: "foo" }], 422, "not a valid domain"],
  [
    "an A record that is no address",
    ["POST", "/v2/domains/rules.example/records", { type: "A", name: "a", data: "b" }],
    422,
    "IPv4 format",
  ],
  [
    "an MX record without priority",
    ["POST", "/v2/domains/rules.example/records", { type: "MX", name: "@", data: "a.b." }],
    422,
    "priority is required",
  ],
  [
    "a CNAME beside other records",
    ["POST", "/v2/domains/rules.example/records", { type: "CNAME", name: "@", data: "a.b." }],
    422,
    "CNAME records cannot share",
  ],
  [
    "a TTL below 30 s",
    ["POST", "/v2/domains/rules.example/records", { type: "A", name: "a", data: "1.2.3.4", ttl: 5 }],
    422,
    "at least 30",
  ],
  [
    "an engine nobody has",
    ["POST", "/v2/databases", cluster({ engine: "db2" })],
    422,
    "invalid cluster engine",
  ],
  [
    "an engine version nobody has",
    ["POST", "/v2/databases", cluster({ version: "5" })],
    422,
    "invalid cluster engine version",
  ],
  [
    "a standby on the smallest size",
    ["POST", "/v2/databases", cluster({ size: "db-s-1vcpu-1gb", num_nodes: 2 })],
    422,
    "can not have 2 nodes",
  ],
  ["four nodes", ["POST", "/v2/databases", cluster({ num_nodes: 4 })], 422, "invalid node count"],
  ["a database size nobody has", ["POST", "/v2/databases", cluster({ size: "db-x" })], 422, "invalid size"],
  [
    "too little storage",
    ["POST", "/v2/databases", cluster({ storage_size_mib: 10240 })],
    422,
    "between 30720",
  ],
  [
    "a volume of nothing",
    ["POST", "/v2/volumes", { name: "a", region: "nyc3", size_gigabytes: 0 }],
    422,
    "at least 1",
  ],
  [
    "a volume name with capitals",
    ["POST", "/v2/volumes", { name: "A", region: "nyc3", size_gigabytes: 1 }],
    422,
    "lowercase",
  ],
  [
    "an SSH key that is none",
    ["POST", "/v2/account/keys", { name: "a", public_key: "ssh-rsa x" }],
    422,
    "Key invalid",
  ],
  [
    "an alert on nothing known",
    ["POST", "/v2/monitoring/alerts", policy({ type: "v1/insights/droplet/mood" })],
    422,
    "type is not a valid alert type",
  ],
  [
    "an alert window of 7 minutes",
    ["POST", "/v2/monitoring/alerts", policy({ window: "7m" })],
    422,
    "window must be one of",
  ],
  [
    "an alert that tells nobody",
    ["POST", "/v2/monitoring/alerts", policy({ alerts: {} })],
    422,
    "at least one e-mail",
  ],
  [
    "an uptime check by smoke",
    ["POST", "/v2/uptime/checks", { name: "a", type: "smoke", target: "x" }],
    422,
    "type must be one of",
  ],
  [
    "a project environment unknown",
    ["POST", "/v2/projects", { name: "a", purpose: "IoT", environment: "moon" }],
    422,
    "environment must be one of",
  ],
  ["a reserved address nowhere", ["POST", "/v2/reserved_ips", {}], 422, "valid region or droplet_id"],
  ["page 0", ["GET", "/v2/droplets?page=0"], 422, "page must be a positive number"],
  ["an image that isn't there", ["GET", "/v2/images/beos-5"], 404, "could not be found"],
];

describe("DigitalOcean's rules", () => {
  let api: TestApi;
  let client: Client;

  beforeEach(async () => {
    api = await startApi();
    client = api.client;
    await client.make("POST", "/v2/domains", { name: "rules.example" });
  });
  afterEach(() => api.close());

  const refuses = async ([what, [method, path, body], status, message]: Rule) => {
    const answer = await client.call(method, path, body);
    expect(answer.status, what).to.equal(status);
    expect(answer.body, what).to.have.keys("id", "message", "request_id");
    expect(answer.body.message, what).to.include(message);
  };

  it("refuse wrong input with the field and its limit", async () => {
    for (const rule of wrongInput) await refuses(rule);
  });

  it("keep a VPC while it has members, and the default ones always", async () => {
    const vpc = await client.make("POST", "/v2/vpcs", { name: "a", region: "nyc3" });
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("a", { vpc_uuid: vpc.id }));
    await refuses(["members", ["DELETE", `/v2/vpcs/${vpc.id}`], 409, "Can not delete VPC with members"]);
    await client.call("DELETE", `/v2/droplets/${droplet.id}`);
    expect((await client.call("DELETE", `/v2/vpcs/${vpc.id}`)).status).to.equal(204);
    const [standard] = await client.list("/v2/vpcs");
    await refuses(["default", ["DELETE", `/v2/vpcs/${standard?.id}`], 403, "default VPC"]);
  });

  it("keep a certificate while a balancer uses it", async () => {
    const { leaf, privateKey } = await pems("www.rules.example");
    const body = { name: "a", leaf_certificate: leaf, private_key: privateKey };
    const certificate = await client.make("POST", "/v2/certificates", body);
    expect(certificate.dns_names).to.deep.equal(["www.rules.example"]);
    const other = await pems("www.rules.example");
    await refuses([
      "key",
      ["POST", "/v2/certificates", { ...body, name: "b", private_key: other.privateKey }],
      422,
      "does not match",
    ]);
    await refuses([
      "chain",
      ["POST", "/v2/certificates", { ...body, name: "b", certificate_chain: other.chain }],
      422,
      "issuer",
    ]);
    await refuses(["name", ["POST", "/v2/certificates", body], 422, "already in use"]);
    const tls = { ...http, entry_protocol: "https", entry_port: 443, certificate_id: certificate.id };
    const lb = await client.make("POST", "/v2/load_balancers", balancer({ forwarding_rules: [tls] }));
    await refuses([
      "use",
      ["DELETE", `/v2/certificates/${certificate.id}`],
      403,
      "Make sure the certificate is not in use",
    ]);
    await client.call("DELETE", `/v2/load_balancers/${lb.id}`);
    expect((await client.call("DELETE", `/v2/certificates/${certificate.id}`)).status).to.equal(204);
  });

  it("keep a project while it has resources, and the default one always", async () => {
    const project = await client.make("POST", "/v2/projects", { name: "a", purpose: "IoT" });
    const resources = ["do:domain:rules.example"];
    await client.make("POST", `/v2/projects/${project.id}/resources`, { resources });
    await refuses([
      "resources",
      ["DELETE", `/v2/projects/${project.id}`],
      412,
      "cannot delete a project with resources",
    ]);
    await client.make("POST", "/v2/projects/default/resources", { resources });
    expect((await client.call("DELETE", `/v2/projects/${project.id}`)).status).to.equal(204);
    await refuses(["default", ["DELETE", "/v2/projects/default"], 412, "default project"]);
  });

  it("keep a volume while it is attached, and attach it once", async () => {
    const volume = await client.make("POST", "/v2/volumes", { name: "a", region: "nyc3", size_gigabytes: 5 });
    const [here, there] = await Promise.all([
      client.make("POST", "/v2/droplets", dropletBody("a")),
      client.make("POST", "/v2/droplets", dropletBody("b", { region: "fra1" })),
    ]);
    const act = (body: object): Call => ["POST", `/v2/volumes/${volume.id}/actions`, body];
    await refuses(["region", act({ type: "attach", droplet_id: there.id }), 422, "same region"]);
    await client.make(...act({ type: "attach", droplet_id: here.id }));
    await refuses(["attached", ["DELETE", `/v2/volumes/${volume.id}`], 409, "attached to a Droplet"]);
    await refuses(["twice", act({ type: "attach", droplet_id: here.id }), 422, "already attached"]);
    await refuses(["shrink", act({ type: "resize", size_gigabytes: 4 }), 422, "only grow"]);
    await refuses([
      "name",
      ["POST", "/v2/volumes", { name: "a", region: "nyc3", size_gigabytes: 5 }],
      409,
      "already exists",
    ]);
  });

  it("resize a droplet only while it is off, and its disk never down", async () => {
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("a"));
    const act = (body: object): Call => ["POST", `/v2/droplets/${droplet.id}/actions`, body];
    await refuses(["on", act({ type: "resize", size: "s-2vcpu-4gb" }), 422, "powered off"]);
    await client.make(...act({ type: "power_off" }));
    await refuses(["off", act({ type: "power_off" }), 422, "Droplet is already powered off"]);
    await refuses(["disk", act({ type: "resize", size: "s-1vcpu-1gb" }), 422, "smaller disk"]);
    await client.make(...act({ type: "resize", size: "s-2vcpu-4gb", disk: true }));
    await client.make(...act({ type: "power_on" }));
    expect(await client.make("GET", `/v2/droplets/${droplet.id}`)).to.include({
      size_slug: "s-2vcpu-4gb",
      disk: 80,
      status: "active",
    });
  });

  it("limit an account to 25 droplets, a firewall to 10 by id and 5 tags", async () => {
    const droplets = await Promise.all(
      times(25, (at) => client.make("POST", "/v2/droplets", dropletBody(`d-${at}`))),
    );
    await refuses(["26", ["POST", "/v2/droplets", dropletBody("z")], 422, "exceed your droplet limit"]);
    const ids = droplets.map(({ id }) => id);
    await refuses([
      "11",
      ["POST", "/v2/firewalls", { ...inbound({}), droplet_ids: ids.slice(0, 11) }],
      422,
      "at most 10 droplets, not 11",
    ]);
    await refuses([
      "tags",
      ["POST", "/v2/firewalls", { ...inbound({}), tags: times(6, String) }],
      422,
      "at most 5 tags, not 6",
    ]);
    await refuses([
      "balancer",
      ["POST", "/v2/load_balancers", balancer({ droplet_ids: ids.slice(0, 11) })],
      422,
      "at most 10 droplets",
    ]);
  });

  it("page through lists with links and a total", async () => {
    for (const name of ["a", "b", "c"]) await client.make("POST", "/v2/tags", { name });
    const { body } = await client.call("GET", "/v2/tags?page=2&per_page=1");
    const link = (page: number) => `${client.endpoint}/v2/tags?page=${page}&per_page=1`;
    expect(body.links).to.deep.equal({
      pages: { first: link(1), prev: link(1), next: link(3), last: link(3) },
    });
    expect(body.meta).to.deep.equal({ total: 3 });
    expect((await client.list("/v2/tags")).map(({ name }) => name)).to.deep.equal(["a", "b", "c"]);
  });

  it("take an SSH key once and find it by its fingerprint", async () => {
    const key = await client.make("POST", "/v2/account/keys", { name: "a", public_key: publicKey });
    await refuses([
      "twice",
      ["POST", "/v2/account/keys", { name: "b", public_key: publicKey }],
      422,
      "already in use",
    ]);
    expect(await client.make("GET", `/v2/account/keys/${key.fingerprint}`)).to.deep.equal(key);
  });

  it("serve by tag what carries the tag, whenever it got it", async () => {
    await client.make("POST", "/v2/tags", { name: "web" });
    const lb = await client.make("POST", "/v2/load_balancers", balancer({ tag: "web" }));
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("a"));
    const resources = [{ resource_id: String(droplet.id), resource_type: "droplet" }];
    await client.call("POST", "/v2/tags/web/resources", { resources });
    expect((await client.make("GET", `/v2/load_balancers/${lb.id}`)).droplet_ids).to.deep.equal([droplet.id]);
    await client.call("DELETE", "/v2/tags/web");
    expect((await client.make("GET", `/v2/load_balancers/${lb.id}`)).droplet_ids).to.deep.equal([]);
  });

  it("refuse a call without the token", async () => {
    const answer = await client.call("GET", "/v2/account", undefined, { authorization: "Bearer other" });
    expect([answer.status, answer.body.id]).to.deep.equal([401, "unauthorized"]);
  });
});
