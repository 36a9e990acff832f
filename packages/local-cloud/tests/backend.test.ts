import { expect } from "chai";
import type { Backend, World } from "../core/backend";
import { dropletBody, startApi, type TestApi } from "./digitalocean-client";

/** A backend that notes what it is told and boots a droplet when the test lets it. */
class Notes implements Backend {
  readonly calls: string[] = [];
  readonly worlds: World[] = [];
  overlapped = false;
  boot: () => void = () => {};
  private reconciling = false;

  createDroplet(droplet: { name: string }): Promise<void> {
    this.calls.push(`create ${droplet.name}`);
    return new Promise((resolve) => {
      this.boot = resolve;
    });
  }
  async deleteDroplet(): Promise<void> {
    this.calls.push("delete");
  }
  async power(_id: number, action: string): Promise<void> {
    this.calls.push(action);
  }
  async reconcile(world: World): Promise<void> {
    this.overlapped ||= this.reconciling;
    this.reconciling = true;
    await tick();
    this.worlds.push(world);
    this.reconciling = false;
  }
  async health(): Promise<ReadonlyMap<number, boolean>> {
    return new Map([[500_000_001, false]]);
  }
  async createDatabase() {
    return {
      host: "127.0.0.1",
      privateHost: "10.0.0.9",
      port: 3306,
      user: "root",
      password: "p",
      authority: "PEM",
    };
  }
  async deleteDatabase(): Promise<void> {
    this.calls.push("delete database");
  }
  async publish(name: string): Promise<void> {
    this.calls.push(`publish ${name}`);
  }
  balancerAddress(): null {
    return null;
  }
  async close(): Promise<void> {
    this.calls.push("close");
  }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("a cloud with a backend", () => {
  let api: TestApi;
  let notes: Notes;

  beforeEach(async () => {
    notes = new Notes();
    api = await startApi({ backend: notes });
  });
  afterEach(() => api.close());

  it("calls a droplet active when its machine runs", async () => {
    const { client } = api;
    const { id } = await client.make("POST", "/v2/droplets", dropletBody("a"));
    await tick();
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "new", locked: true });
    notes.boot();
    await tick();
    expect(await client.make("GET", `/v2/droplets/${id}`)).to.include({ status: "active", locked: false });
    await client.make("POST", `/v2/droplets/${id}/actions`, { type: "power_off" });
    await tick();
    await client.call("DELETE", `/v2/droplets/${id}`);
    expect(notes.calls).to.deep.equal(["create a", "power_off", "delete"]);
  });

  it("reconciles after changes, one at a time, with the whole state", async () => {
    const { client } = api;
    await Promise.all(
      ["a", "b", "c", "d"].map((name) => client.make("POST", "/v2/domains", { name: `${name}.example` })),
    );
    await client.make("POST", "/v2/domains/a.example/records", {
      type: "A",
      name: "www",
      data: "198.18.0.9",
    });
    await tick();
    await tick();
    const world = notes.worlds.at(-1);
    expect(Object.keys(world?.zones ?? {})).to.have.length(4);
    expect(world?.zones["a.example"]?.map(({ data }) => data)).to.include("198.18.0.9");
    expect(notes.overlapped).to.equal(false);
    expect(notes.worlds.length).to.be.lessThan(8);
  });

  it("asks it for the health of a balancer's droplets, and where a database is", async () => {
    const { client } = api;
    const { id: droplet } = await client.make("POST", "/v2/droplets", dropletBody("a"));
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
    const body = { name: "lb", region: "nyc3", droplet_ids: [droplet], forwarding_rules: [rule] };
    const { id } = await client.make("POST", "/v2/load_balancers", body);
    const path = `/v2/monitoring/metrics/load_balancer/droplets_health_checks?lb_id=${id}&start=60&end=60`;
    expect((await client.call("GET", path)).body.data).to.deep.equal({
      resultType: "matrix",
      result: [{ metric: { lb_id: id, droplet_id: String(droplet) }, values: [[60, "0"]] }],
    });
    const cluster = { name: "app-db", engine: "mysql", size: "db-s-1vcpu-2gb", region: "nyc3", num_nodes: 1 };
    const database = await client.make("POST", "/v2/databases", cluster);
    await tick();
    const { private_connection: connection } = await client.make("GET", `/v2/databases/${database.id}`);
    expect(connection).to.include({ host: "10.0.0.9", port: 3306, user: "root" });
    const ca = await client.make("GET", `/v2/databases/${database.id}/ca`);
    expect(Buffer.from(String(ca.certificate), "base64").toString()).to.equal("PEM");
  });
});
