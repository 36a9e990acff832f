import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { parseLogQuery } from "../../packages/local-cloud/sumologic/query/log-query";
import { runLogQuery } from "../../packages/local-cloud/sumologic/query/log-run";
import type { Row } from "../../packages/local-cloud/sumologic/query/values";
import type { Props } from "../../tools/engine/props";
import { freshly, type Recording, record } from "../recorder";

const program = require.resolve("../../index");

interface Panel {
  readonly key: string;
  readonly queries: readonly { readonly queryType: string; readonly queryString: string }[];
}
const from = Date.parse("2026-03-01T12:00:00Z");
const range = { from, to: from + 5 * 60_000 };
const minutes = [4, 3, 2, 1, 0].map((minute) => from + minute * 60_000);

/** A line of the access log, in the format that the servers' nginx writes. */
const line = accessLog(readFileSync("cloudinit/files/web/nginx.conf", "utf8"));

function accessLog(conf: string): (values: Readonly<Record<string, string | number>>) => string {
  const [, parts = ""] = /log_format json escape=json\s+([^;]+);/.exec(conf) ?? [];
  const format = [...parts.matchAll(/'([^']*)'/g)].map(([, part]) => part).join("");
  return (values) => format.replace(/\$(\w+)/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Five minutes of three servers. The first answers 2 requests a second, 2 % of them with a 500 and one in ten
 * in 0.9 s; the second 1 a second, in 0.1 s; the third nothing but 60 requests in one second of the last minute.
 */
const messages = [
  ...spread(600, (index) =>
    request("dev-server-1", index / 2, index % 50 === 0 ? 500 : 200, index % 10 === 0 ? 0.9 : 0.1),
  ),
  ...spread(300, (index) => request("dev-server-2", index, index < 3 ? 404 : 200, 0.1)),
  ...spread(60, () => request("dev-server-3", 250, 200, 2.5)),
].sort((a, b) => Number(b._messageTime) - Number(a._messageTime));

function spread(count: number, make: (index: number) => Row): Row[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function request(host: string, second: number, status: number, request_time: number): Row {
  const time = from + second * 1000;
  return {
    _messageTime: time,
    _sourceHost: host,
    _sourceCategory: "web-infra/dev/nginx/access",
    _raw: line({
      time_iso8601: new Date(time).toISOString(),
      status,
      request_time,
      bytes_sent: 512,
      request_length: 80,
    }),
  };
}

/** What each panel shows, row by row without names; a panel that is not here is not tested and fails. */
const panels: Readonly<Record<string, unknown[][]>> = {
  qps: minutes.map((minute, index) => [minute, 2, 1, index === 0 ? 1 : null]),
  "qps-peak": [
    ["dev-server-3", 60, 0.2],
    ["dev-server-1", 2, 2],
    ["dev-server-2", 1, 1],
  ],
  status: [
    [minutes[0], 238, null, 2],
    [minutes[1], 178, null, 2],
    [minutes[2], 177, null, 3],
    [minutes[3], 178, null, 2],
    [minutes[4], 174, 3, 3],
  ],
  latency: minutes.map((minute, index) => [minute, 0.9, 0.1, index === 0 ? 2.5 : null]),
};

describe("the program's queries, on five minutes of three servers", () => {
  let made: Recording;
  before(async () => {
    const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: Props };
    const own = Object.entries(config).map(([key, value]) => [key.replace(/^web-infra:/, ""), value]);
    made = await record(() => freshly(program), { stack: "dev", config: Object.fromEntries(own) });
  });

  function run(query: string) {
    const declared = made.all("Field").map(({ plain }) => String(plain.fieldName));
    return runLogQuery(parseLogQuery(query, declared), messages, range);
  }

  it("writes access logs that are JSON", () => {
    expect(JSON.parse(String(messages[0]?._raw))).to.include({
      status: 200,
      duration: 0.1,
      response_bytes: 512,
    });
  });

  it("shows in every panel what happened", () => {
    const found = made
      .all("Dashboard")
      .flatMap(({ plain }) => plain.panels as unknown as { sumoSearchPanel: Panel }[]);
    expect(found.map(({ sumoSearchPanel }) => sumoSearchPanel.key)).to.have.members(Object.keys(panels));
    for (const { key, queries } of found.map(({ sumoSearchPanel }) => sumoSearchPanel)) {
      for (const { queryType, queryString } of queries) {
        expect(queryType, key).to.equal("Logs");
        const { columns, rows } = run(queryString);
        const shown = rows.map((row) => columns.map((name) => row[name]));
        expect(shown, key).to.deep.equal(panels[key]);
      }
    }
  });
});
