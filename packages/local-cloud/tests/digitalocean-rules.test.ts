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
const times = <T>(count: number, item: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => item(at));

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
    const types = (await client.list(`/v2/droplets/${here.id}/actions`)).map(({ type }) => type);
    expect(types).to.deep.equal(["attach_volume", "create"]);
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
