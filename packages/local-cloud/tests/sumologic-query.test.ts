import { expect } from "chai";
import { parseLogQuery } from "../sumologic/query/log-query";
import { runLogQuery } from "../sumologic/query/log-run";
import { QueryError } from "../sumologic/query/query-error";
import type { Row, Value } from "../sumologic/query/values";

const from = Date.parse("2026-03-01T12:00:00Z");
const range = { from, to: from + 5 * 60_000 };

/** A message at a second of the range. */
const message = (second: number, raw: string, more: Row = {}): Row => ({
  _messageTime: from + second * 1000,
  _receiptTime: from + second * 1000,
  _collector: "server-1",
  _source: "access",
  _sourceName: "Http Input",
  _sourceHost: "server-1",
  _sourceCategory: "web/prod/nginx/access",
  _raw: raw,
  ...more,
});

const access = (second: number, host: string, status: number, duration: number) =>
  message(second, JSON.stringify({ status, duration, uri: `/${status}`, upstream: { names: ["a", "b"] } }), {
    _sourceHost: host,
  });

/** The newest first, as a search finds them. */
const messages = [
  access(190, "server-2", 500, 2),
  access(130, "server-1", 200, 0.5),
  access(70, "server-2", 200, 0.4),
  access(20, "server-1", 404, 0.1),
  access(10, "server-1", 200, 0.3),
  message(5, "ERROR user=ann: no such-file, took 12 ms", { _sourceCategory: "web/prod/app" }),
  message(4, "info user=bob: error_free", { _sourceCategory: "web/test/app" }),
];

function run(text: string): { columns: readonly string[]; rows: readonly Row[] } {
  return runLogQuery(parseLogQuery(text, ["environment"]), messages, range);
}

/** The records without their names. */
function records(text: string): (Value | undefined)[][] {
  const { columns, rows } = run(text);
  return rows.map((row) => columns.map((name) => row[name]));
}

const minute = (number: number): number => from + number * 60_000;
const nginx = "_sourceCategory=web/*/access";

describe("Sumo Logic queries: scope", () => {
  const cases: [string, number][] = [
    ["", 7],
    ["*", 7],
    ["_sourceCategory=web/prod/nginx/access", 5],
    ["_sourceCategory=web/*/app", 2],
    ["_sourcecategory=WEB/PROD/*", 6],
    ['_sourceCategory="web/prod/app"', 1],
    ["_sourceCategory!=web/prod/*", 1],
    ["error", 1],
    ["err*", 2],
    ['"no such-file"', 1],
    ["such-file", 1],
    ["user=ann", 0],
    ['"user=ann"', 1],
    ["!error", 6],
    ["not error", 6],
    ["user error", 1],
    ["user AND NOT error", 1],
    ["ann or bob", 2],
    ["_sourceHost in (server-2, server-3)", 2],
    ["(_sourceHost=server-2 or ann) and _sourceCategory=web/prod/*", 3],
  ];
  for (const [text, count] of cases) {
    it(`${text || "nothing"} finds ${count}`, () => expect(run(text).rows).to.have.length(count));
  }
});

describe("Sumo Logic queries: operators", () => {
  const cases: [string, (Value | undefined)[][]][] = [
    // parse
    ['error | parse "user=*: *," as user, problem | count by user, problem', [["ann", "no such-file", 1]]],
    ['user | parse "took * ms" as ms | count', [[1]]],
    [
      'user | parse "took * ms" as ms nodrop | count by ms',
      [
        ["12", 1],
        [null, 1],
      ],
    ],
    ['error | parse "user=*" as rest | count by rest', [["ann: no such-file, took 12 ms", 1]]],
    [
      'user | parse regex "user=(?<user>\\w+)" | count by user',
      [
        ["ann", 1],
        ["bob", 1],
      ],
    ],
    ['error | extract "took (?<ms>\\d+)" | ms + 1 as more | max(more)', [[13]]],
    [
      'user | parse field=_sourceCategory "web/*/" as stage | count by stage',
      [
        ["prod", 1],
        ["test", 1],
      ],
    ],
    // json
    [
      `${nginx} | json "status" | count by status`,
      [
        [500, 1],
        [200, 3],
        [404, 1],
      ],
    ],
    [
      `* | json "status", "duration" as code, seconds | max(seconds) by code`,
      [
        [500, 2],
        [200, 0.5],
        [404, 0.1],
      ],
    ],
    ['* | json "nothing" | count', []],
    ['* | json "status" nodrop | where isNull(status) | count', [[2]]],
    [`${nginx} | json "upstream.names[1]" as name | count by name`, [["b", 5]]],
    [`${nginx} | json "$.upstream['names']" as names | count by names`, [['["a","b"]', 5]]],
    [`${nginx} | json auto | where status = 404 | count by uri`, [["/404", 1]]],
    // where and expressions
    [`${nginx} | json "status" | where status >= 400 and status < 500 | count`, [[1]]],
    [`${nginx} | json "status" | where status in ("200", 404) | count`, [[4]]],
    [`${nginx} | json "uri" | where uri matches "/4*" | count`, [[1]]],
    [`${nginx} | json "uri" | where !(uri matches /^.[45]\\d\\d$/) | count`, [[3]]],
    [`${nginx} | json "uri" | where uri not in ("/200") or false | count`, [[2]]],
    [`${nginx} | json "status" | if(status >= 500, 1, 0) as bad | sum(bad), count`, [[1, 5]]],
    [
      `${nginx} | json "status" | status >= 500 ? "bad" : "good" as kind | count by kind`,
      [
        ["bad", 1],
        ["good", 4],
      ],
    ],
    [
      `${nginx} | json "status" | floor(status / 100) as class | count by class`,
      [
        [5, 1],
        [2, 3],
        [4, 1],
      ],
    ],
    [
      "error | 1 + 2 * 3 - 4 / 2 as a | (1 + 2) * 3 as b | -a as c | 7 % 4 as d | max(a), max(b) as m, min(c), sum(d)",
      [[5, 9, -5, 3]],
    ],
    ["error | 1 / 0 as a | isNull(a) as none | count by none", [[true, 1]]],
    [
      'error | concat("a", 1, "b") as a | toUpperCase(a) as b | length(b) as n | count by a, b, n',
      [["a1b", "A1B", 3, 1]],
    ],
    ['error | "12" as text | num(text) | text + 1 as more | count by more', [[13, 1]]],
    [
      'error | substring("abcdef", 1, 3) as a | replace(a, "b", "x") as b | contains(b, "xc") as c | count by b, c',
      [["xc", true, 1]],
    ],
    ["error | round(2.346, 2) as a | ceil(1.2) as b | abs(-3) as c | count by a, b, c", [[2.35, 2, 3, 1]]],
    [
      'error | formatDate(_messageTime, "yyyy-MM-dd HH:mm:ss") as at | count by at',
      [["2026-03-01 12:00:05", 1]],
    ],
    ["error | queryTimeRange() / 60000 as minutes | count by minutes", [[5, 1]]],
    [
      'error | isEmpty("") as a | isBlank(" ") as b | isNumeric("1e3") as c | count by a, b, c',
      [[true, true, true, 1]],
    ],
    // timeslice and aggregates
    [
      `${nginx} | timeslice 1m | count by _timeslice`,
      [
        [minute(3), 1],
        [minute(2), 1],
        [minute(1), 1],
        [minute(0), 2],
      ],
    ],
    [`${nginx} | timeslice 5 buckets as t | count by t | count`, [[4]]],
    [
      `${nginx} | timeslice 2m | count by __timeslice_end`,
      [
        [minute(4), 2],
        [minute(2), 3],
      ],
    ],
    [
      `${nginx} | count _sourceHost`,
      [
        ["server-2", 2],
        ["server-1", 3],
      ],
    ],
    [`${nginx} | count as n by _sourceHost | where n > 2`, [["server-1", 3]]],
    [
      `${nginx} | json "duration" as d | avg(d), min(d), max(d), sum(d) as s group by _sourceHost | where s > 1`,
      [["server-2", 1.2, 0.4, 2, 2.4]],
    ],
    [`${nginx} | json "duration" as d | pct(d, 50, 75), median(d)`, [[0.4, 0.5, 0.4]]],
    [`${nginx} | json "duration" as d | pct(d, 75) as p`, [[0.5]]],
    [`${nginx} | json "status" | count_distinct(status)`, [[3]]],
    [`${nginx} | json "status" | first(status), last(status), values(status)`, [[500, 200, "500\n200\n404"]]],
    ["user | 3 as a | stddev(a)", [[0]]],
    ["nothing | count", []],
    ["nothing | count by _sourceHost", []],
    // fields, order, limit
    [`${nginx} | count by _sourceHost | fields _count`, [[2], [3]]],
    [`${nginx} | count by _sourceHost | fields - _sourceHost`, [[2], [3]]],
    [
      `${nginx} | json "status" | count by status | sort by _count, status asc`,
      [
        [200, 3],
        [404, 1],
        [500, 1],
      ],
    ],
    [
      `${nginx} | json "status" | count by status | order by +status | limit 2`,
      [
        [200, 3],
        [404, 1],
      ],
    ],
    [`${nginx} | json "status" | top 1 status`, [[200, 3]]],
    [
      `${nginx} | json "status" | count by status, _sourceHost | top 2 status by status`,
      [
        [500, 500],
        [404, 404],
      ].map(([a]) => [a, a]),
    ],
    [
      `${nginx} | json "status" | count by status, _sourceHost | topk(1, _count) by _sourceHost`,
      [
        [1, 200, "server-1", 2],
        [1, 500, "server-2", 1],
      ],
    ],
    // tables
    [
      `${nginx} | timeslice 2m | count by _timeslice, _sourceHost | transpose row _timeslice column _sourceHost`,
      [
        [minute(2), 1, 1],
        [minute(0), 2, 1],
      ],
    ],
    [
      `${nginx} | json "status" | count by status, _sourceHost | transpose row _sourceHost column status as %"404", *`,
      [
        ["server-2", null, 1, 1],
        ["server-1", 1, 2, null],
      ],
    ],
    [
      `${nginx} | timeslice 1m | count by _timeslice | fillmissing timeslice(1m) | sort by _timeslice asc`,
      [
        [minute(0), 2],
        [minute(1), 1],
        [minute(2), 1],
        [minute(3), 1],
        [minute(4), 0],
      ],
    ],
    [
      `error | timeslice 2m | count by _timeslice | fillmissing timeslice(2m) with -1 for _count`,
      [
        [minute(0), 1],
        [minute(2), -1],
        [minute(4), -1],
      ],
    ],
    [
      `${nginx} | count by _sourceHost | fillmissing values("server-1", "server-3") in _sourceHost`,
      [
        ["server-2", 2],
        ["server-1", 3],
        ["server-3", 0],
      ],
    ],
    [
      `${nginx} | count by _sourceHost | total _count as all | 100 * _count / all as percent`,
      [
        ["server-2", 2, 5, 40],
        ["server-1", 3, 5, 60],
      ],
    ],
    [
      `${nginx} | timeslice 1m | count by _timeslice | sort by _timeslice asc | accum _count | fields _accum`,
      [[2], [3], [4], [5]],
    ],
    [
      `${nginx} | timeslice 1m | count by _timeslice | sort by _timeslice asc | diff _count | fields _diff`,
      [[null], [-1], [0], [0]],
    ],
    // comments
    [
      `${nginx} // the web servers\n| count /* all */ by _sourceHost // each`,
      [
        ["server-2", 2],
        ["server-1", 3],
      ],
    ],
  ];
  for (const [text, expected] of cases) {
    it(text, () => expect(records(text)).to.deep.equal(expected));
  }
});

describe("Sumo Logic queries: what is not understood", () => {
  const cases: [string, number, number, RegExp][] = [
    ["a | ", 1, 5, /^Expected a field, a number, a text or a function, the query ends/],
    ["a | frobnicate x", 1, 5, /^There is no operator frobnicate here/],
    ["a | count by host", 1, 14, /^There is no field host here; there are _collector/],
    ['a | json "x" |\nwhere y > 1', 2, 7, /^There is no field y here/],
    ["a | where (1 > 2", 1, 17, /^Expected "\)", the query ends/],
    ["a | where frob(1) = 2", 1, 11, /^There is no function frob here/],
    ["a | floor(1, 2) as x", 1, 5, /^floor takes 1 arguments, not 2/],
    ["a | sum(1 + 2)", 1, 9, /^Expected a field: sum takes no expression/],
    ["a | count, count", 1, 10, /^There would be two fields _count/],
    ['a | parse "*-*" as x', 1, 11, /^The anchor has 2 \*, but 1 names/],
    ['a | parse regex "(?<x>"', 1, 17, /Unterminated group/],
    ['a | json "a..b" as x', 1, 10, /is no path into JSON/],
    [
      "a | timeslice 1m | count as n, sum(_messageTime) as s by _timeslice, _sourceHost | transpose row _timeslice column _sourceHost",
      1,
      94,
      /takes one field beside/,
    ],
    [
      "a | count by _sourceHost | where _raw = 1",
      1,
      34,
      /^There is no field _raw here; there are _count, _sourceHost/,
    ],
    ["(a or b", 1, 8, /^Expected "\)", the scope ends/],
    ["a = | count", 1, 5, /^Expected a value, the scope ends/],
    ['"never closed | count', 1, 1, /quotes are never closed/],
    ["a | limit x", 1, 11, /^Expected how many rows to keep, found x/],
  ];
  for (const [text, line, column, problem] of cases) {
    it(text.replace("\n", "\\n"), () => {
      const read = () => parseLogQuery(text);
      expect(read).to.throw(QueryError, problem);
      expect(read).to.throw(QueryError).that.includes({ line, column });
    });
  }

  it("is shown with the line and a mark at the place", () => {
    expect(() => parseLogQuery("error\n| count by nothing")).to.throw(
      "there are _collector, _messageId, _messageTime, _raw, _receiptTime, _source, _sourceCategory, _sourceHost, _sourceName (line 2, column 12)\n  | count by nothing\n             ^",
    );
  });
});
