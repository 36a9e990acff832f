import { expect } from "chai";
import type { Series } from "../sumologic/ingest/records";
import {
  lookback,
  parseMetricQuery,
  runMetricQuery,
  selection,
} from "../sumologic/query/metrics/metric-query";
import { quantumFor } from "../sumologic/query/metrics/series";
import { QueryError } from "../sumologic/query/query-error";

const from = Date.parse("2026-03-01T12:00:00Z");
const range = { from, to: from + 120_000, quantum: 60_000 };

/** A value every 15 s from 15 s before the range on. */
function series(metric: string, host: string, values: readonly number[]): Series {
  return {
    dimensions: { metric, "host.name": host, _sourceCategory: "web/prod/metrics" },
    points: values.map((value, index) => ({ time: from + (index - 1) * 15_000, value })),
  };
}

const stored = [
  series("nginx.requests", "server-1", [0, 150, 300, 450, 600, 750, 900, 1050, 1200]),
  series("nginx.requests", "server-2", [900, 930, 960, 30, 60, 90, 120, 150, 180]),
  series("cpu", "server-1", [9, 1, 2, 3, 4, 5, 6, 7, 8]),
  series("cpu", "server-2", [9, 3, 3, 3, 3, 9, 9, 9, 9]),
];

/** Values by host name, or by nothing. */
function run(text: string, rows = new Map<string, Series[]>()): Record<string, number[]> {
  const query = parseMetricQuery(text);
  const matches = selection(query);
  const selected = stored
    .filter(({ dimensions }) => matches(dimensions))
    .map((each) => ({ ...each, points: each.points.filter(({ time }) => time >= from - lookback(query)) }));
  const results = runMetricQuery(query, selected, rows, range);
  return Object.fromEntries(
    results.map(({ dimensions, points }) => [
      dimensions["host.name"] ?? "",
      points.map(({ value }) => value),
    ]),
  );
}

/** The values of the cpu in the range itself. */
const cpu = stored.slice(2).map((each) => ({ ...each, points: each.points.slice(1) }));

describe("Sumo Logic queries of metrics", () => {
  const cases: [string, Record<string, number[]>][] = [
    ["metric=cpu host.name=server-1", { "server-1": [2.5, 6.5] }],
    ["metric=CPU !host.name=server-2", { "server-1": [2.5, 6.5] }],
    ["metric=cpu | sum", { "": [5.5, 15.5] }],
    ["metric=cpu | max by host.name", { "server-1": [2.5, 6.5], "server-2": [3, 9] }],
    ["metric=cpu | quantize using max | min", { "": [3, 8] }],
    ["metric=cpu server-1 | quantize to 30s using sum", { "server-1": [3, 7, 11, 15] }],
    ["metric=cpu server-1 | quantize to 30s using latest drop last", { "server-1": [2, 4, 6, 8] }],
    ["metric=cpu | pct(50)", { "": [2.75, 7.75] }],
    ["metric=cpu | count", { "": [2, 2] }],
    [
      "metric=cpu | eval 100 * _value / max | max by host.name",
      { "server-1": [31.25, 81.25], "server-2": [100 / 3, 100] },
    ],
    ["metric=cpu | avg by host.name | where _value > 6", { "server-1": [6.5], "server-2": [9] }],
    ["metric=cpu | avg by host.name | where max > 8", { "server-2": [3, 9] }],
    ["metric=cpu | topk(1, avg)", { "server-2": [3, 9] }],
    ["metric=cpu | bottomk(1, max - min)", { "server-2": [3, 9] }],
    ["metric=nginx.requests | rate counter | avg by host.name", { "server-1": [10, 10], "server-2": [2, 2] }],
    ["metric=nginx.requests | rate counter over 1m | sum", { "": [12, 12] }],
    ["metric=nginx.requests server-2 | rate increasing", { "server-2": [2, 2] }],
    ["metric=cpu server-1 | quantize to 30s | timeshift 30s", { "server-1": [9, 1.5, 3.5, 5.5] }],
    ["metric=nothing | sum", {}],
  ];
  for (const [text, expected] of cases) it(text, () => expect(run(text)).to.deep.equal(expected));

  it("computes with the rows of other queries, along dimensions", () => {
    const rows = new Map([
      ["A", runMetricQuery(parseMetricQuery("metric=cpu | avg by host.name"), cpu, new Map(), range)],
      ["B", runMetricQuery(parseMetricQuery("metric=cpu | max by host.name"), cpu, new Map(), range)],
    ]);
    expect(run("(#A + #B) * 2 along host.name", rows)).to.deep.equal({
      "server-1": [10, 26],
      "server-2": [12, 36],
    });
    expect(run("#A - #B along host.name | sum", rows)).to.deep.equal({ "": [0, 0] });
    expect(run("#A / #C along host.name", rows)).to.deep.equal({});
  });

  it("shortens the lengths of time in a query with the scale", () => {
    const query = parseMetricQuery("metric=cpu | quantize to 2m using sum");
    const [first] = runMetricQuery(query, cpu, new Map(), { ...range, scale: 4 });
    expect(first?.points.map(({ value }) => value)).to.deep.equal([3, 7, 11, 15]);
  });

  it("chooses buckets so that there are not too many", () => {
    const minutes = (count: number) => quantumFor({ from, to: from + count * 60_000 });
    expect([5, 60, 240, 1440, 10_080].map(minutes)).to.deep.equal([
      15_000, 15_000, 60_000, 600_000, 3_600_000,
    ]);
  });

  const wrong: [string, number, RegExp][] = [
    ["metric=cpu | frob", 14, /^There is no operator frob for metrics here; there are quantize/],
    ["metric=cpu | quantize", 22, /^Expected a length of time such as 1m/],
    ["metric=cpu | where value > 1", 20, /^There is no value value here; there are _value, avg/],
    ["#A / b", 6, /^Expected a row such as #A, found b/],
    ["metric=cpu | timeshift x", 24, /^Expected a length of time/],
    ["metric=cpu | rate over x", 24, /^Expected a length of time/],
  ];
  for (const [text, column, problem] of wrong) {
    it(`does not understand ${text}`, () => {
      expect(() => parseMetricQuery(text))
        .to.throw(QueryError, problem)
        .that.includes({ line: 1, column });
    });
  }
});
