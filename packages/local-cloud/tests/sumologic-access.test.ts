import { mkdtempSync, rmSync } from "node:fs";
import { type ClientRequest, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { type Errors, startApi, type TestApi } from "./sumologic-client";

describe("Sumo Logic: access", () => {
  let api: TestApi;
  afterEach(() => api.close());

  it("refuses who does not show the key, in the form of each API", async () => {
    api = await startApi();
    const wrong = { authorization: `Basic ${Buffer.from("id:guess").toString("base64")}` };
    const fields = await api.call<Errors>("GET", "v1/fields", undefined, wrong);
    expect(fields.status).to.equal(401);
    expect(fields.body.id).to.match(/^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(fields.body.errors).to.deep.equal([
      { code: "unauthorized", message: "Credential could not be verified." },
    ]);
    const collectors = await api.call("GET", "v1/collectors", undefined, wrong);
    expect(collectors).to.have.nested.property("body.code", "unauthorized");
    expect(collectors).to.have.nested.property("body.status", 401);
    expect((await api.call("GET", "/_local/faults", undefined, wrong)).status).to.equal(401);
  });

  it("refuses what does not come from this machine", async () => {
    api = await startApi();
    const rebound = await new Promise<number | undefined>((resolve) => {
      const headers = { host: "rebound.example", authorization: api.credentials };
      request(`${api.url}/api/v1/fields`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(rebound).to.equal(403);
    const page = await api.call<Errors>("GET", "v1/fields", undefined, { origin: "https://page.example" });
    expect(page.status).to.equal(403);
    expect(page.body.errors[0]?.code).to.equal("forbidden");
  });

  it("answers four calls a second and no more", async () => {
    api = await startApi({ rateLimits: true });
    const answers = [];
    for (let call = 0; call < 6; call++) answers.push(await api.call<Errors>("GET", "v1/fields"));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 429, 429]);
    expect(answers[5]?.body.errors[0]?.code).to.equal("rate.limit.exceeded");
    expect(answers[5]?.headers.get("retry-after")).to.equal("1");
    expect((await api.call("POST", "/_local/clock", { advanceMs: 500 })).status).to.equal(200);
    const later = [];
    for (let call = 0; call < 3; call++) later.push((await api.call("GET", "v1/fields")).status);
    expect(later).to.deep.equal([200, 200, 429]);
  });

  it("tells those it refuses to come back one after the other, four a second", async () => {
    api = await startApi({ rateLimits: true });
    const answers = await Promise.all(Array.from({ length: 24 }, () => api.call("GET", "v1/fields")));
    const told = answers
      .map(({ headers }) => Number(headers.get("retry-after")))
      .filter((seconds) => seconds > 0);
    // Twenty are refused, or a few less if the answers take their time.
    expect(Math.max(...told)).to.be.within(4, 5);
    expect(told.filter((seconds) => seconds === 1)).to.have.length.within(1, 6);
  });

  it("never counts a client that keeps the pace as too fast", async () => {
    api = await startApi({ rateLimits: true });
    for (let call = 0; call < 12; call++) {
      expect((await api.call("GET", "v1/fields")).status).to.equal(200);
      await api.call("POST", "/_local/clock", { advanceMs: 250 });
    }
  });

  it("works on ten calls at once and no more", async () => {
    api = await startApi({ rateLimits: true });
    const status = async () => {
      await api.call("POST", "/_local/clock", { advanceMs: 1000 });
      return (await api.call("GET", "v1/fields")).status;
    };
    const unfinished = [];
    for (let call = 0; call < 10; call++) {
      expect(await status()).to.equal(200);
      unfinished.push(await beginCall(api));
    }
    expect(await status()).to.equal(429);
    for (const call of unfinished) call.destroy();
    await setTimeout(50);
    expect(await status()).to.equal(200);
  });

  it("tells of an unknown path and of a broken body as the API does", async () => {
    api = await startApi();
    const unknown = await api.call<Errors>("GET", "v1/nothing");
    expect([unknown.status, unknown.body.errors[0]?.code]).to.deep.equal([404, "notfound"]);
    const broken = await fetch(`${api.url}/api/v1/fields`, {
      method: "POST",
      headers: { authorization: api.credentials, "content-type": "application/json" },
      body: "{",
    });
    expect(broken.status).to.equal(400);
    expect(((await broken.json()) as Errors).errors[0]?.code).to.equal("bad_request");
  });

  it("lets faults strike", async () => {
    api = await startApi({ faults: [{ path: "^/api/v1/connections", nth: 1, effect: "503" }] });
    const first = await api.call<Errors>("GET", "v1/connections");
    expect([first.status, first.body.errors[0]?.code]).to.deep.equal([503, "service.unavailable"]);
    expect((await api.call("GET", "v1/connections")).status).to.equal(200);
  });
});

/** A call whose body never ends; resolves when the server has its headers. */
async function beginCall({ url, credentials }: TestApi): Promise<ClientRequest> {
  const headers = { authorization: credentials, "content-type": "application/json", "content-length": 10 };
  const call = request(`${url}/api/v1/fields`, { method: "POST", headers });
  call.on("error", () => undefined);
  call.flushHeaders();
  await setTimeout(20);
  return call;
}

describe("Sumo Logic: state", () => {
  it("is there again after a restart, and gone after a reset", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sumologic-"));
    const stateFile = join(folder, "state");
    try {
      const before = await startApi({ stateFile });
      await before.call("POST", "v1/fields", { fieldName: "team" });
      await before.call("POST", "v1/collectors", { collector: { collectorType: "Hosted", name: "web" } });
      const old = await before.call("GET", "v1/collectors");
      await before.close();

      const after = await startApi({ stateFile });
      expect((await after.call("GET", "v1/collectors")).body).to.deep.equal(old.body);
      expect((await after.call("GET", "v1/fields")).body).to.have.nested.property(
        "data[0].fieldName",
        "team",
      );
      expect((await after.call("POST", "/_local/reset")).status).to.equal(204);
      expect((await after.call("GET", "v1/collectors")).body).to.deep.equal({ collectors: [] });
      await after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
