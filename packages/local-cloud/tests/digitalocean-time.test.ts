import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { LocalCloudOptions } from "../core/options";
import { type Client, dropletBody, startApi, type TestApi } from "./digitalocean-client";

const minute = 60_000;
const http = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };

describe("DigitalOcean's time", () => {
  let api: TestApi | undefined;

  const start = async (options: LocalCloudOptions): Promise<Client> => {
    api = await startApi(options);
    return api.client;
  };
  const advance = async (client: Client, ms: number) => {
    await client.call("POST", "/_local/clock", { advanceMs: ms });
  };
  afterEach(() => api?.close());

  it("brings a droplet from new to active, locked and without addresses meanwhile", async () => {
    const client = await start({ latency: { droplet: 30_000 } });
    const { id } = await client.make("POST", "/v2/droplets", dropletBody("a", { ipv6: true }));
    const path = `/v2/droplets/${id}`;
    await advance(client, 29_000);
    const early = await client.make("GET", path);
    expect(early).to.deep.include({ status: "new", locked: true, networks: { v4: [], v6: [] } });
    expect((await client.call("DELETE", path)).body.message).to.include("pending event");
    expect((await client.call("POST", `${path}/actions`, { type: "reboot" })).status).to.equal(422);
    await advance(client, 1000);
    const late = await client.make("GET", path);
    expect(late).to.include({ status: "active", locked: false });
    const { v4 } = late.networks as { v4: { type: string; ip_address: string }[] };
    expect(v4.map(({ type }) => type)).to.deep.equal(["private", "public"]);
  });

  it("completes actions later and locks the droplet meanwhile", async () => {
    const client = await start({ latency: { power: minute } });
    const { id } = await client.make("POST", "/v2/droplets", dropletBody("a"));
    const action = await client.make("POST", `/v2/droplets/${id}/actions`, { type: "power_off" });
    expect(action).to.include({ status: "in-progress", completed_at: null });
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "active", locked: true });
    await advance(client, minute);
    expect(await client.make("GET", `/v2/actions/${action.id}`)).to.include({ status: "completed" });
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "off", locked: false });
  });

  it("takes ten minutes for a balancer that takes ten minutes, and refuses changes while it is busy", async () => {
    const client = await start({ latency: { balancer: 10 * minute, "balancer update": minute } });
    const body = { name: "lb", region: "nyc3", forwarding_rules: [http] };
    const { id } = await client.make("POST", "/v2/load_balancers", body);
    const path = `/v2/load_balancers/${id}`;
    await advance(client, 10 * minute - 1000);
    expect(await client.make("GET", path)).to.include({ status: "new", ip: "" });
    const refused = await client.call("PUT", path, body);
    expect([refused.status, refused.body.message]).to.deep.equal([
      403,
      "Load Balancer can't be updated while it processes previous actions",
    ]);
    await advance(client, 1000);
    expect((await client.make("GET", path)).ip).to.match(/^198\.18\./);
    expect((await client.call("PUT", path, body)).status).to.equal(200);
    expect((await client.call("PUT", path, body)).status).to.equal(403);
    await advance(client, minute);
    expect((await client.call("PUT", path, body)).status).to.equal(200);
  });

  it("never ends work that a fault made endless", async () => {
    const client = await start({
      faults: [{ method: "POST", path: "^/v2/droplets$", nth: 2, effect: "slow" }],
    });
    await client.make("POST", "/v2/droplets", dropletBody("a"));
    await client.make("POST", "/v2/droplets", dropletBody("b"));
    await advance(client, 1440 * minute);
    const states = (await client.list("/v2/droplets")).map(({ status }) => status);
    expect(states).to.deep.equal(["active", "new"]);
  });

  it("brings a database cluster online, and keeps a backup a day", async () => {
    const client = await start({ latency: { database: 5 * minute, "database change": minute } });
    const body = { name: "app-db", engine: "mysql", size: "db-s-1vcpu-2gb", region: "nyc3", num_nodes: 2 };
    const { id } = await client.make("POST", "/v2/databases", body);
    const path = `/v2/databases/${id}`;
    const early = await client.call("POST", `${path}/dbs`, { name: "app" });
    expect([early.status, early.body.message]).to.deep.equal([412, "cluster is currently creating"]);
    await advance(client, 5 * minute);
    expect(await client.make("GET", path)).to.include({ status: "online", version: "8" });
    expect(
      (await client.call("PUT", `${path}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 1 })).status,
    ).to.equal(202);
    expect(await client.make("GET", path)).to.include({
      status: "resizing",
      size: "db-s-2vcpu-4gb",
      storage_size_mib: 61440,
    });
    await advance(client, 3 * 1440 * minute);
    expect(await client.make("GET", path)).to.include({ status: "online", num_nodes: 1 });
    expect(await client.list(`${path}/backups`)).to.have.length(3);
  });

  it("issues a certificate that its authority vouches for", async () => {
    const client = await start({ latency: { certificate: 15_000 } });
    await client.make("POST", "/v2/domains", { name: "foobar.com" });
    const body = { name: "le", type: "lets_encrypt", dns_names: ["www.foobar.com"] };
    const { id } = await client.make("POST", "/v2/certificates", body);
    expect(await client.make("GET", `/v2/certificates/${id}`)).to.include({
      state: "pending",
      sha1_fingerprint: "",
    });
    await advance(client, 15_000);
    const verified = await eventually(async () => {
      const certificate = await client.make("GET", `/v2/certificates/${id}`);
      return certificate.state === "verified" ? certificate : undefined;
    });
    expect(verified.sha1_fingerprint).to.match(/^[0-9a-f]{40}$/);
    const days = (Date.parse(String(verified.not_after)) - Date.now()) / 86_400_000;
    expect(days).to.be.within(89, 91);
    const { body: pem } = await client.call("GET", "/_local/authority");
    expect(new X509Certificate(String(pem)).ca).to.equal(true);
  });

  it("is realistic on demand: the same for the same droplet, within the usual bounds", async () => {
    const client = await start({ latency: "realistic" });
    const { id } = await client.make("POST", "/v2/droplets", dropletBody("a"));
    await advance(client, 24_000);
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "new" });
    await advance(client, 36_000);
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "active" });
  });
});

/** What `look` finds within two seconds. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("not within two seconds");
}
