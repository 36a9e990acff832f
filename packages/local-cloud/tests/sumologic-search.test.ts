import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { deflateSync, gzipSync } from "node:zlib";
import { expect } from "chai";
import { zonedTime } from "../sumologic/query/time";
import { type Answer, type Errors, startApi, type TestApi } from "./sumologic-client";
import { logsOf, metricsOf } from "./telemetry";

interface Source {
  readonly id: number;
  readonly url: string;
}
interface Status {
  readonly state: string;
  readonly messageCount: number;
  readonly recordCount: number;
  readonly pendingErrors: readonly string[];
}
interface Page {
  readonly fields: readonly {
    readonly name: string;
    readonly fieldType: string;
    readonly keyField: boolean;
  }[];
  readonly messages: readonly { readonly map: Readonly<Record<string, string>> }[];
  readonly records: readonly { readonly map: Readonly<Record<string, string>> }[];
}

const now = Date.now();
const from = now - 60_000;
// The file is loaded long before its tests run, behind those of others.
const to = now + 3_600_000;
const access = (status: number) => JSON.stringify({ status, duration: 0.25 });

describe("Sumo Logic: search", () => {
  let api: TestApi;
  let source: Source;

  async function start(options = {}): Promise<void> {
    api = await startApi(options);
    const collector = {
      collectorType: "Hosted",
      name: "server-1",
      fields: { environment: "prod", unknown: "x" },
    };
    const { body } = await api.call<{ collector: { id: number } }>("POST", "v1/collectors", { collector });
    const http = {
      sourceType: "HTTP",
      name: "access",
      category: "web/prod/nginx/access",
      hostName: "server-1",
    };
    const path = `v1/collectors/${body.collector.id}/sources`;
    source = (await api.call<{ source: Source }>("POST", path, { source: http })).body.source;
    await api.call("POST", "v1/fields", { fieldName: "environment" });
    await api.call("POST", "v1/fields", { fieldName: "Host.Name" });
  }
  beforeEach(() => start());
  afterEach(() => api.close());

  const send = (path: string, type: string, body: string | Uint8Array, headers = {}) =>
    fetch(`${source.url}${path}`, { method: "POST", headers: { "content-type": type, ...headers }, body });

  async function finished(path: string): Promise<Status> {
    for (let tries = 0; tries < 200; tries++) {
      const { body } = await api.call<Status>("GET", path);
      if (body.state === "DONE GATHERING RESULTS") return body;
      await setTimeout(10);
    }
    throw new Error(`${path} did not end within two seconds.`);
  }

  async function search(query: string, wanted: "messages" | "records", more = {}): Promise<Page> {
    const { body, status, headers } = await api.call<{ id: string; link: { href: string } }>(
      "POST",
      "v1/search/jobs",
      {
        query,
        from,
        to,
        timeZone: "UTC",
        ...more,
      },
    );
    expect(status).to.equal(202);
    expect(headers.get("location"))
      .to.equal(body.link.href)
      .and.to.match(new RegExp(`/api/v1/search/jobs/${body.id}$`));
    const path = `v1/search/jobs/${body.id}`;
    expect((await finished(path)).pendingErrors).to.deep.equal([]);
    return (await api.call<Page>("GET", `${path}/${wanted}?offset=0&limit=100`)).body;
  }

  const found = async (query: string) => (await search(query, "messages")).messages.map(({ map }) => map);

  it("finds plain lines, packed or not, with what the source and the headers say of them", async () => {
    await send("", "text/plain", "one\ntwo\n");
    await send("", "text/plain", gzipSync("three"), {
      "content-encoding": "gzip",
      "x-sumo-category": "other",
      "x-sumo-fields": "environment=dev,nothing=1",
    });
    await send("", "text/plain", deflateSync("four"), {
      "content-encoding": "deflate",
      "x-sumo-host": "elsewhere",
    });
    expect((await found("_sourceCategory=web/*")).map(({ _raw }) => _raw)).to.have.members([
      "one",
      "two",
      "four",
    ]);
    const [three] = await found("three");
    expect(three).to.include({
      _sourcecategory: "other",
      _collector: "server-1",
      _source: "access",
      _sourcehost: "server-1",
    });
    expect(Number(three?._messagetime)).to.be.within(from, to);
    expect((await found("environment=dev")).map(({ _raw }) => _raw)).to.deep.equal(["three"]);
    expect((await found("_sourceHost=elsewhere environment=prod")).map(({ _raw }) => _raw)).to.deep.equal([
      "four",
    ]);
    expect(await found("unknown=x or nothing=1")).to.deep.equal([]);
  });

  it("finds OpenTelemetry's logs, in protobuf as its SDK writes it and in JSON", async () => {
    const resource = { "host.name": "vm-1", other: 1 };
    const body = logsOf(resource, [
      { body: access(200), timestamp: now - 1000 },
      { body: "with attributes", timestamp: now - 2000, attributes: { level: 3 } },
    ]);
    const packed = { "content-encoding": "gzip" };
    const answer = await send("/v1/logs", "application/x-protobuf", gzipSync(body), packed);
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).to.deep.equal([
      200,
      "application/x-protobuf",
      "",
    ]);
    const record = { timeUnixNano: `${now - 3000}000000`, body: { stringValue: "json" } };
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] };
    expect(await (await send("/v1/logs", "application/json", JSON.stringify(logs))).json()).to.deep.equal({});

    const messages = await found("");
    expect(messages.map(({ _raw }) => _raw)).to.deep.equal([
      access(200),
      '{"log":"with attributes","level":"3"}',
      "json",
    ]);
    expect(messages.map(({ _messagetime }) => now - Number(_messagetime))).to.deep.equal([1000, 2000, 3000]);
    const { records, fields } = await search(
      '%"Host.Name"=vm-1 | count by %"Host.Name", environment',
      "records",
    );
    expect(records.map(({ map }) => map)).to.deep.equal([
      { "host.name": "vm-1", environment: "prod", _count: "2" },
    ]);
    expect(fields.map(({ fieldType, keyField }) => [fieldType, keyField])).to.deep.equal([
      ["string", true],
      ["string", true],
      ["long", false],
    ]);
    expect((await send("/v1/logs", "application/x-protobuf", "no protobuf")).status).to.equal(400);
    expect((await send("/v1/logs", "application/json", "{")).status).to.equal(400);
    expect((await send("", "text/plain", "x", { "content-encoding": "br" })).status).to.equal(415);
    expect((await send("", "text/plain", "x", { "content-encoding": "gzip" })).status).to.equal(400);
  });

  it("takes fields out by the extraction rules as messages come in", async () => {
    const rule = {
      name: "access",
      scope: "_sourceCategory=web/*/nginx/access",
      parseExpression: 'json "status" nodrop',
    };
    await api.call("POST", "v1/extractionRules", rule);
    await send("", "text/plain", `${access(200)}\n${access(503)}\nno json`);
    const { records } = await search("* | where status >= 500 | count by status", "records");
    expect(records.map(({ map }) => map)).to.deep.equal([{ status: "503", _count: "1" }]);
    const wrong = await api.call<Errors>("POST", "v1/extractionRules", {
      ...rule,
      name: "b",
      parseExpression: "json status",
    });
    expect(wrong.status).to.equal(400);
    expect(wrong.body.errors[0]?.meta?.reason).to.match(/^Expected a key in double quotes, found status/);
  });

  it("answers messages and records in pages, and forgets a job that is deleted", async () => {
    await send("", "text/plain", Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n"));
    const { body } = await api.call<{ id: string }>("POST", "v1/search/jobs", {
      query: "line | count by _sourceHost",
      from,
      to,
    });
    const path = `v1/search/jobs/${body.id}`;
    expect(await finished(path)).to.include({ messageCount: 30, recordCount: 1 });
    const page = (await api.call<Page>("GET", `${path}/messages?offset=28&limit=10`)).body;
    expect(page.messages).to.have.length(2);
    expect((await api.call<{ code: string }>("GET", `${path}/messages?offset=0`)).status).to.equal(400);
    expect((await api.call("DELETE", path)).status).to.equal(200);
    const gone = await api.call<{ code: string; status: number }>("GET", path);
    expect([gone.status, gone.body.code, gone.body.status]).to.deep.equal([
      404,
      "searchjob.jobid.invalid",
      404,
    ]);
  });

  it("says what is wrong with a search, and where", async () => {
    const refused = async (body: object): Promise<Answer<{ code: string; message: string }>> =>
      api.call("POST", "v1/search/jobs", { query: "*", from, to, ...body });
    const wrong = await refused({ query: "error | count by nothing" });
    expect([wrong.status, wrong.body.code]).to.deep.equal([400, "searchjob.parse.error"]);
    expect(wrong.body.message).to.match(
      /^There is no field nothing here.*\(line 1, column 18\)\n {2}error \| count by nothing\n {19}\^$/s,
    );
    expect((await refused({ from: to, to: from })).body.code).to.equal("searchjob.to.smaller.than.from");
    expect((await refused({ from: "yesterday" })).body.code).to.equal("searchjob.invalid.timestamp.from");
    const plain = (await api.call<{ id: string }>("POST", "v1/search/jobs", { query: "*", from, to })).body;
    const records = await api.call<{ code: string }>(
      "GET",
      `v1/search/jobs/${plain.id}/records?offset=0&limit=1`,
    );
    expect([records.status, records.body.code]).to.deep.equal([
      400,
      "searchjob.no.records.not.an.aggregation.query",
    ]);
  });

  it("answers queries of metrics that OpenTelemetry's SDK wrote", async () => {
    const sent = await send(
      "/v1/metrics",
      "application/x-protobuf",
      await metricsOf({ "host.name": "vm-1" }, 120, 0.5),
    );
    expect(sent.status).to.equal(200);
    expect(Buffer.from(await sent.arrayBuffer()).toString()).to.contain(
      "Histograms and summaries are not stored.",
    );
    const ask = (...queries: string[]) =>
      api.call<{
        queryResult: {
          timeSeriesList: { timeSeries: { metricDefinition: object; points: { values: number[] } }[] };
        }[];
      }>("POST", "v1/metricsQueries", {
        queries: queries.map((query, index) => ({ rowId: "ABC"[index], query })),
        timeRange: {
          type: "BeginBoundedTimeRange",
          from: { type: "RelativeTimeRangeBoundary", relativeTime: "-15m" },
        },
      });
    const { body } = await ask(
      "metric=nginx.requests | sum by _sourceHost, host.name",
      "metric=system.memory.utilization state=used",
      "#A * #B",
    );
    const series = body.queryResult.map(({ timeSeriesList }) => timeSeriesList.timeSeries[0]);
    expect(series.map((each) => each?.points.values)).to.deep.equal([[120], [0.5], [60]]);
    expect(series[0]?.metricDefinition).to.deep.equal({ _sourceHost: "server-1", "host.name": "vm-1" });
    expect(series[1]?.metricDefinition).to.include({
      metric: "system.memory.utilization",
      state: "used",
      _sourceCategory: "web/prod/nginx/access",
    });
    const wrong = (await ask("metric=x | frob")) as unknown as Answer<Errors>;
    expect([wrong.status, wrong.body.errors[0]?.code]).to.deep.equal([400, "metrics:parse_error"]);
  });

  it("keeps what it took in where there is a state file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
    await api.close();
    const stateFile = join(folder, "state");
    await start({ stateFile });
    await send("", "text/plain", "kept");
    await send("/v1/metrics", "application/x-protobuf", await metricsOf({}, 7, 1));
    await api.close();
    api = await startApi({ stateFile });
    expect((await found("kept")).map(({ _raw }) => _raw)).to.deep.equal(["kept"]);
    await api.close();
    rmSync(folder, { recursive: true });
    api = await startApi();
  });

  it("reads a time in its zone", () => {
    const utc = Date.parse("2026-07-01T10:00:00Z");
    expect(zonedTime("2026-07-01T10:00:00", "UTC")).to.equal(utc);
    expect(zonedTime("2026-07-01T12:00:00", "Europe/Berlin")).to.equal(utc);
    expect(zonedTime("2026-07-01T12:00:00+02:00", "Asia/Tokyo")).to.equal(utc);
    expect(zonedTime("soon", "UTC")).to.be.NaN;
  });
});
