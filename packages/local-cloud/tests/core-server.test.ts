import { request } from "node:http";
import { expect } from "chai";
import { parseFault } from "../core/faults";
import type { LocalCloudOptions } from "../core/options";
import { type Client, dropletBody, startApi, type TestApi } from "./digitalocean-client";

describe("both APIs' server", () => {
  let api: TestApi | undefined;
  const start = async (options: LocalCloudOptions = {}): Promise<Client> => {
    api = await startApi(options);
    return api.client;
  };
  afterEach(() => api?.close());

  it("refuses a Host that isn't this machine, and pages of other origins", async () => {
    const client = await start();
    expect(await statusFor(client, { host: "evil.example" })).to.equal(403);
    expect(await statusFor(client, { host: "localhost:1" })).to.equal(200);
    expect(await statusFor(client, { host: "[::1]" })).to.equal(200);
    expect(await statusFor(client, { origin: "http://evil.example" })).to.equal(403);
    expect(await statusFor(client, { origin: "http://127.0.0.1:1" })).to.equal(403);
    expect(await statusFor(client, { origin: "null" })).to.equal(403);
    expect(await statusFor(client, { origin: client.endpoint })).to.equal(200);
  });

  it("gives each answer an id of its own, which an error repeats", async () => {
    const client = await start();
    const good = await client.call("GET", "/v2/account");
    const bad = await client.call("GET", "/v2/droplets/1");
    expect(bad.body.request_id).to.equal(bad.headers.get("x-request-id"));
    expect(good.headers.get("x-request-id")).to.not.equal(bad.headers.get("x-request-id"));
  });

  it("says what is left of the rate, and when a full window takes calls again", async () => {
    const client = await start({ rateLimits: true });
    const first = await client.call("GET", "/v2/account");
    expect(first.headers.get("ratelimit-limit")).to.equal("5000");
    expect(first.headers.get("ratelimit-remaining")).to.equal("4999");
    for (let call = 2; call <= 250; call += 1) await client.call("GET", "/v2/account");
    const full = await client.call("GET", "/v2/account");
    expect([full.status, full.body.id]).to.deep.equal([429, "too_many_requests"]);
    expect(full.headers.get("ratelimit-remaining")).to.equal("4750");
    const wait = Number(full.headers.get("retry-after"));
    expect(wait).to.be.within(50, 60);
    await client.call("POST", "/_local/clock", { advanceMs: wait * 1000 });
    expect((await client.call("GET", "/v2/account")).status).to.equal(200);
  });

  it("fails the n-th matching call, and no other", async () => {
    const client = await start({ faults: [{ method: "GET", path: "^/v2/account$", nth: 2, effect: "503" }] });
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await client.call("GET", "/v2/account")).status);
    expect(statuses).to.deep.equal([200, 503, 200]);
  });

  it("fails a share of the calls", async () => {
    const client = await start({ faults: [{ share: 0.5, effect: "429" }] });
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.call("GET", "/v2/account")));
    const failed = answers.filter(({ status }) => status === 429);
    expect(failed.length).to.be.within(60, 140);
    expect(failed[0]?.headers.get("retry-after")).to.equal("1");
  });

  it("drops a call before it is carried out, or after", async () => {
    const client = await start({
      faults: [
        { path: "^/v2/tags$", method: "POST", nth: 1, effect: "drop" },
        { path: "^/v2/tags$", method: "POST", nth: 2, effect: "drop-after" },
      ],
    });
    const names = async () => (await client.list("/v2/tags")).map(({ name }) => name);
    expect(await client.call("POST", "/v2/tags", { name: "a" }).catch(() => "dropped")).to.equal("dropped");
    expect(await names()).to.deep.equal([]);
    expect(await client.call("POST", "/v2/tags", { name: "b" }).catch(() => "dropped")).to.equal("dropped");
    expect(await names()).to.deep.equal(["b"]);
  });

  it("stalls a call for as long as asked for", async () => {
    const client = await start({ faults: [{ effect: "stall", stallMs: 150 }] });
    const before = Date.now();
    expect((await client.call("GET", "/v2/account")).status).to.equal(200);
    expect(Date.now() - before).to.be.at.least(150);
  });

  it("takes faults at run time, behind the credentials, and begins anew", async () => {
    const client = await start();
    const refused = await client.call("GET", "/_local/faults", undefined, { authorization: "" });
    expect(refused.status).to.equal(401);
    await client.call("PUT", "/_local/faults", { faults: [{ effect: "500" }] });
    expect((await client.call("GET", "/v2/account")).status).to.equal(500);
    await client.call("PUT", "/_local/faults", { faults: [] });
    expect((await client.call("PUT", "/_local/faults", { faults: [{ effect: "boom" }] })).status).to.equal(
      400,
    );
    await client.make("POST", "/v2/droplets", dropletBody("a"));
    expect((await client.call("POST", "/_local/reset")).status).to.equal(204);
    expect(await client.list("/v2/droplets")).to.deep.equal([]);
    expect(await client.list("/v2/projects")).to.have.length(1);
  });

  it("reads a fault from the command line and names what is wrong with it", () => {
    expect(parseFault("effect=stall,stallMs=50,path=^/v2/droplets$,nth=3")).to.deep.equal({
      effect: "stall",
      stallMs: 50,
      path: "^/v2/droplets$",
      nth: 3,
    });
    expect(() => parseFault("effect=503,share=2")).to.throw("--fault effect=503,share=2: share");
    expect(() => parseFault("effect=503,nth=1,share=0.5")).to.throw("share or nth, not both");
    expect(() => parseFault("effect=503,path=(")).to.throw("must be a regular expression");
  });
});

/** Status of a call with headers that fetch doesn't let through. */
function statusFor(client: Client, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(`${client.endpoint}/v2/account`, {
      headers: { authorization: "Bearer local-cloud-token", ...headers },
    });
    call.on("response", (response) => resolve(response.resume().statusCode));
    call.on("error", reject).end();
  });
}
