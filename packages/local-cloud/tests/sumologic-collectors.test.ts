import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { Collector } from "../sumologic/collectors";
import type { Source } from "../sumologic/sources";
import { startApi, type TestApi } from "./sumologic-client";

interface CollectorBody {
  readonly collector: Collector;
}
interface SourceBody {
  readonly source: Source & { readonly url: string; readonly baseUrl: string };
}
interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const hosted = {
  collectorType: "Hosted",
  name: "web-1",
  description: "a",
  category: "dev/web-1",
  timeZone: "Etc/UTC",
  fields: { environment: "dev" },
  ephemeral: false,
};
const http = {
  sourceType: "HTTP",
  name: "access",
  category: "dev/nginx/access",
  hostName: "web-1",
  automaticDateParsing: true,
  multilineProcessingEnabled: false,
  useAutolineMatching: false,
  forceTimeZone: false,
  defaultDateFormats: [{ format: "yyyy-MM-dd'T'HH:mm:ssXXX", locator: '"time":"([^"]+)"' }],
  filters: [{ name: "health", filterType: "Exclude", regexp: ".*/healthz.*", mask: "" }],
  messagePerRequest: false,
};

describe("Sumo Logic: collectors and sources", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  async function collector(name = "web-1"): Promise<Collector> {
    const made = await api.call<CollectorBody>("POST", "v1/collectors", { collector: { ...hosted, name } });
    expect(made.status).to.equal(201);
    return made.body.collector;
  }

  it("a collector's life", async () => {
    const { id } = await collector();
    const path = `v1/collectors/${id}`;
    const read = await api.call<CollectorBody>("GET", path);
    expect(read.body.collector).to.include({ name: "web-1", timeZone: "Etc/UTC", alive: true });
    expect((await api.call("GET", "v1/collectors/name/web-1")).body).to.deep.equal(read.body);

    const etag = read.headers.get("etag") ?? "";
    expect(etag).to.match(/^"[0-9a-f]{32}"$/);
    const { category: _, ...rest } = hosted;
    const change = { collector: { ...rest, id, description: "b" } };
    const changed = await api.call<CollectorBody>("PUT", path, change, { "if-match": etag });
    expect(changed.status).to.equal(200);
    expect(changed.body.collector.description).to.equal("b");
    expect(changed.body.collector).not.to.have.property("category");
    expect((await api.call("GET", path)).body).to.deep.equal(changed.body);

    expect(await api.call("DELETE", path)).to.include({ status: 200, body: "" });
    expect((await api.call<Failure>("GET", path)).body).to.include({
      status: 404,
      code: "collectors.collector.invalid",
    });
  });

  it("a change must match what was read last", async () => {
    const { id } = await collector();
    const path = `v1/collectors/${id}`;
    const etag = (await api.call("GET", path)).headers.get("etag") ?? "";
    const change = (description: string) => ({ collector: { ...hosted, id, description } });
    expect((await api.call("PUT", path, change("b"))).status).to.equal(412);
    expect((await api.call("PUT", path, change("b"), { "if-match": etag })).status).to.equal(200);
    expect((await api.call("PUT", path, change("c"), { "if-match": etag })).status).to.equal(412);
    expect((await api.call("GET", path)).body).to.have.nested.property("collector.description", "b");
  });

  it("names are unique, and what is given is checked", async () => {
    await collector();
    const fault = async (fields: object) =>
      (await api.call<Failure>("POST", "v1/collectors", { collector: { ...hosted, name: "new", ...fields } }))
        .body;
    expect(await fault({ name: "web-1" })).to.include({
      status: 400,
      code: "collectors.validation.name.duplicate",
    });
    expect((await fault({ name: "x".repeat(129) })).message).to.match(/^collector\.name: .*128/);
    expect((await fault({ description: "x".repeat(1025) })).message).to.match(
      /^collector\.description: .*1024/,
    );
    expect((await fault({ collectorType: "Installable" })).message).to.match(
      /^collector\.collectorType: must/,
    );
    expect((await fault({ timeZone: "Mars/Base" })).message).to.match(/^collector\.timeZone: .*IANA/);
  });

  it("lists in pages", async () => {
    for (const name of ["a", "b", "c"]) await collector(name);
    const names = async (query: string) =>
      (await api.call<{ collectors: Collector[] }>("GET", `v1/collectors?${query}`)).body.collectors.map(
        (one) => one.name,
      );
    expect(await names("")).to.deep.equal(["a", "b", "c"]);
    expect(await names("limit=2&offset=1")).to.deep.equal(["b", "c"]);
    expect(await names("filter=hosted&limit=1")).to.deep.equal(["a"]);
    expect(await names("filter=installed")).to.deep.equal([]);
    expect((await api.call("GET", "v1/collectors?limit=0")).status).to.equal(400);
  });

  it("a source's life", async () => {
    const parent = `v1/collectors/${(await collector()).id}/sources`;
    const made = await api.call<SourceBody>("POST", parent, { source: http });
    expect(made.status).to.equal(201);
    const path = `${parent}/${made.body.source.id}`;
    const read = await api.call<SourceBody>("GET", path);
    const { source } = read.body;
    expect(source).to.deep.include({ ...http, alive: true, encoding: "UTF-8", cutoffTimestamp: 0 });
    expect(source.url).to.equal(`${api.url}/receiver/v1/http/${source.token}`);
    expect(source.url).to.equal(`${source.baseUrl}${source.token}`);

    const etag = read.headers.get("etag") ?? "";
    const change = { source: { ...http, id: source.id, description: "b" } };
    expect((await api.call("PUT", path, change, { "if-match": '"old"' })).status).to.equal(412);
    const changed = await api.call<SourceBody>("PUT", path, change, { "if-match": etag });
    expect(changed.body.source).to.include({ description: "b", token: source.token, url: source.url });
    expect((await api.call("GET", parent)).body).to.deep.equal({ sources: [changed.body.source] });

    expect(await api.call("DELETE", path)).to.include({ status: 200, body: "" });
    expect((await api.call<Failure>("GET", path)).body.code).to.equal("collectors.source.invalid");
  });

  it("sources go with their collector, and names are unique in one", async () => {
    const [one, two] = [await collector("one"), await collector("two")];
    const paths = [one, two].map(({ id }) => `v1/collectors/${id}/sources`);
    for (const path of paths) expect((await api.call("POST", path, { source: http })).status).to.equal(201);
    const again = await api.call<Failure>("POST", String(paths[0]), { source: http });
    expect(again.body.code).to.equal("collectors.validation.name.duplicate");
    const strange = await api.call("POST", String(paths[0]), { source: { ...http, sourceType: "Syslog" } });
    expect(strange.status).to.equal(400);
    await api.call("DELETE", `v1/collectors/${one.id}`);
    expect((await api.call("GET", String(paths[0]))).status).to.equal(404);
    expect((await api.call("GET", String(paths[1]))).body).to.have.nested.property("sources.length", 1);
  });

  it("takes in data at the source's address, without a key", async () => {
    const parent = `v1/collectors/${(await collector()).id}/sources`;
    const { source } = (await api.call<SourceBody>("POST", parent, { source: http })).body;
    const send = (path: string, type: string, body: string | Buffer, headers = {}) =>
      fetch(`${source.url}${path}`, { method: "POST", headers: { "content-type": type, ...headers }, body });

    expect((await send("", "text/plain", "two\nlines")).status).to.equal(200);
    const zipped = gzipSync("");
    const logs = await send("/v1/logs", "application/x-protobuf", zipped, { "content-encoding": "gzip" });
    expect([logs.status, await logs.text()]).to.deep.equal([200, ""]);
    const metrics = await send("/v1/metrics", "application/json", "{}");
    expect(await metrics.json()).to.deep.equal({});
    expect((await api.call("GET", "/_local/received")).body).to.deep.equal({
      [source.id]: { requests: 3, bytes: 9 + zipped.length + 2, messages: 2, points: 0 },
    });
    expect((await fetch(`${source.baseUrl}guess`, { method: "POST", body: "x" })).status).to.equal(401);
  });
});
