import { expect } from "chai";
import fc from "fast-check";
import { logQueryText, parseLogQuery } from "../sumologic/query/log-query";
import { runLogQuery } from "../sumologic/query/log-run";
import { metricQueryText, parseMetricQuery } from "../sumologic/query/metrics/metric-query";
import type { Row } from "../sumologic/query/values";

const word = fc
  .stringMatching(/^[a-z]{1,6}$/)
  .filter(
    (text) => !["or", "and", "not", "in", "by", "as", "matches", "true", "false", "null"].includes(text),
  );
const text = fc
  .string({ unit: "grapheme-ascii" })
  .map((value) => JSON.stringify(value).replace(/\\u[0-9a-f]{4}/g, ""));
const number = fc.nat(1000).map(String);

/** Expressions over the field `x`, in brackets wherever they are joined. */
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("x", "_raw", "true", "null"),
    number,
    text,
    fc
      .tuple(
        tie("expression"),
        fc.constantFrom("+", "-", "*", "/", "%", "=", "!=", "<", ">=", "and", "or"),
        tie("expression"),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc.tuple(tie("expression"), text).map(([value, pattern]) => `(${value} matches ${pattern})`),
    fc
      .tuple(tie("expression"), tie("expression"))
      .map(([value, option]) => `(${value} not in (${option}, 1))`),
    tie("expression").map((inner) => `!(${inner})`),
    tie("expression").map((inner) => `-(${inner})`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map((parts) => `if(${parts.join(", ")})`),
  ),
}));

const { scope } = fc.letrec<{ scope: string }>((tie) => ({
  scope: fc.oneof(
    { depthSize: "small" },
    word,
    text.filter((value) => value !== '""'),
    fc.tuple(word, fc.constantFrom("a/*/b", '"c d"', "*")).map(([name, value]) => `${name}=${value}`),
    tie("scope").map((inner) => `not (${inner})`),
    fc
      .tuple(tie("scope"), fc.constantFrom(" ", " and ", " or "), tie("scope"))
      .map(([left, joint, right]) => `(${left}${joint}${right})`),
  ),
}));

const operator = fc.oneof(
  expression.map((value) => `where ${value}`),
  expression.map((value) => `${value} as x`),
  fc.constantFrom(
    'json "a", "b.c[0]" as x, y nodrop',
    'parse regex "(?<x>\\w+\\s)"',
    'parse "\\"x\\":*," as x',
    "timeslice 90m as t",
    "sort by x asc, _raw",
    "limit 3",
    "fields - _source | 1 as _source",
    "total x as t by _raw",
  ),
);
const aggregates = fc.constantFrom(
  "count by x",
  "avg(x) as y, pct(x, 50, 99.9) by _sourceHost",
  "count | 1 as z | sort by z",
  "top 3 x by count",
  'count by x, _sourceHost | fillmissing values("a", "b\\"") in x with -1 for _count | transpose row x column _sourceHost as %"a-b", *',
);

describe("Sumo Logic queries as text", () => {
  it("are the same query when they are printed and read again", () => {
    fc.assert(
      fc.property(scope, fc.array(operator, { maxLength: 3 }), aggregates, (where, operators, last) => {
        const written = [where, '"x" as x', ...operators, last].join(" | ");
        const printed = logQueryText(parseLogQuery(written));
        expect(logQueryText(parseLogQuery(printed))).to.equal(printed);
      }),
    );
  });

  it("find and compute the same when they are printed and read again", () => {
    const messages: Row[] = ["a", "b c", "x=1", ""].map((raw, index) => ({ _raw: raw, _messageTime: index }));
    const run = (query: string) => runLogQuery(parseLogQuery(query), messages, { from: 0, to: 10 }).rows;
    fc.assert(
      fc.property(scope, expression, (where, value) => {
        const written = `${where} | 7 as x | ${value} as y | count by _raw, y`;
        expect(run(logQueryText(parseLogQuery(written)))).to.deep.equal(run(written));
      }),
    );
  });

  it("of metrics as well", () => {
    const cases = [
      "metric=cpu host.name=a* !state=idle | rate counter over 5m | sum by host.name, state",
      'metric="a b" | quantize to 90s using max drop last | eval 1 + -_value * (2 - max) | where avg > 1',
      "(#A + #B) / 2 along host.name | topk(3, max - min) | pct(95) by a",
    ];
    for (const written of cases) {
      const printed = metricQueryText(parseMetricQuery(written));
      expect(metricQueryText(parseMetricQuery(printed))).to.equal(printed);
    }
  });

  it("count every message once, however they are grouped", () => {
    const hosts = fc.array(
      fc.record({ _sourceHost: fc.constantFrom("a", "b", "c"), _messageTime: fc.nat(600_000) }),
    );
    fc.assert(
      fc.property(hosts, fc.constantFrom(1, 7, 60), (messages, seconds) => {
        const query = parseLogQuery(
          `* | timeslice ${seconds}s | count by _timeslice, _sourceHost | sum(_count)`,
        );
        const { rows } = runLogQuery(query, messages, { from: 0, to: 600_000 });
        expect(rows[0]?._sum ?? 0).to.equal(messages.length);
      }),
    );
  });
});
