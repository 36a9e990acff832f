import { evaluation } from "../evaluate";
import { type Expression, parts } from "../expression";
import { parseExpression } from "../expression-parser";
import { expressionText } from "../expression-text";
import { durationText, fieldText, type Tokens } from "../tokens";
import { isTrue, numberOf, type Row } from "../values";
import { rate } from "./rate";
import {
  type MetricRange,
  type Point,
  quantize,
  quantized,
  type Reducer,
  reduce,
  reducers,
  type Series,
  type Stream,
} from "./series";

/** A part of a query of metrics between two bars. */
export interface MetricOperator {
  readonly text: string;
  /** How much earlier than the range it needs points, in milliseconds. */
  readonly lookback: number;
  run(stream: Stream, range: MetricRange): Stream;
}

const operators: Readonly<Record<string, (tokens: Tokens) => MetricOperator>> = {
  quantize: readQuantize,
  rate,
  eval: readEval,
  where: readWhere,
  topk: (tokens) => readRanking(tokens, "topk"),
  bottomk: (tokens) => readRanking(tokens, "bottomk"),
  pct: readPercentile,
  ...Object.fromEntries(
    reducers
      .filter((name) => name !== "latest")
      .map((name) => [name, (tokens: Tokens) => readAggregate(tokens, name)]),
  ),
};

/** Reads what stands between two bars. @throws QueryError. */
export function parseMetricOperator(tokens: Tokens): MetricOperator {
  const { value, start } = tokens.peek();
  const name = value.toLowerCase();
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!known) {
    return tokens.fail(
      `There is no operator ${value} for metrics here; there are ${Object.keys(operators).join(", ")}`,
      start,
    );
  }
  tokens.next();
  return known(tokens);
}

/** `sum by a, b`: one series for each different a and b, or one of all. */
function readAggregate(tokens: Tokens, reducer: Reducer | "pct", percent?: number): MetricOperator {
  const by = tokens.accept("by") ? tokens.names("a dimension") : [];
  const name = percent === undefined ? reducer : `${reducer}(${percent})`;
  return {
    text: by.length > 0 ? `${name} by ${by.map(dimensionText).join(", ")}` : name,
    lookback: 0,
    run: (stream, range) => ({
      quantized: true,
      series: merged(quantized(stream, range), by, reducer, percent),
    }),
  };
}

function readPercentile(tokens: Tokens): MetricOperator {
  const enclosed = tokens.accept("(");
  const percent = tokens.integer("a percentile from 0 to 100");
  if (enclosed) tokens.expect(")");
  return readAggregate(tokens, "pct", percent);
}

function merged(
  all: readonly Series[],
  by: readonly string[],
  reducer: Reducer | "pct",
  percent?: number,
): Series[] {
  const groups = new Map<string, Series[]>();
  for (const series of all) {
    const id = JSON.stringify(by.map((name) => series.dimensions[name] ?? ""));
    groups.set(id, [...(groups.get(id) ?? []), series]);
  }
  return [...groups.values()].map((group) => {
    const times = new Map<number, number[]>();
    for (const { time, value } of group.flatMap(({ points }) => points)) {
      times.set(time, [...(times.get(time) ?? []), value]);
    }
    const points = [...times].map(([time, values]) => ({
      time,
      value: reduce(values, reducer, percent) ?? 0,
    }));
    const [first] = group;
    const dimensions = by.flatMap((name) => {
      const value = first?.dimensions[name];
      return value === undefined ? [] : [[name, value]];
    });
    return { dimensions: Object.fromEntries(dimensions), points: points.sort((a, b) => a.time - b.time) };
  });
}

/** `quantize to 1m using max drop last`: the buckets' length, and how their values become one. */
function readQuantize(tokens: Tokens): MetricOperator {
  tokens.accept("to");
  const length = tokens.acceptDuration();
  const using = tokens.accept("using");
  const rollup = using ? reducers.find((name) => tokens.accept(name)) : "avg";
  if (!rollup) return tokens.unexpected(`one of ${reducers.join(", ")}`);
  if (length === undefined && !using) tokens.unexpected('a length of time such as 1m, or "using"');
  const dropLast = tokens.acceptAll("drop", "last");
  const to = length === undefined ? "" : ` to ${durationText(length)}`;
  return {
    text: `quantize${to}${using ? ` using ${rollup}` : ""}${dropLast ? " drop last" : ""}`,
    lookback: 0,
    run({ series }, { quantum, to: end, scale = 1 }) {
      const size = length === undefined ? quantum : length / scale;
      const whole = (points: readonly Point[]) =>
        points.filter(({ time }) => !dropLast || time + size <= end);
      const buckets = series.map((each) => quantize(each, size, rollup));
      return { quantized: true, series: buckets.map((each) => ({ ...each, points: whole(each.points) })) };
    },
  };
}

/** `eval 100 * _value / max`: computes each value anew. */
function readEval(tokens: Tokens): MetricOperator {
  const expression = readScalar(tokens);
  return {
    text: `eval ${expressionText(expression)}`,
    lookback: 0,
    run: ({ series, quantized: done }, range) => ({
      quantized: done,
      series: series.map((each) => {
        const compute = evaluation(expression, range);
        const scalars = scalarsOf(each, expression);
        const points = each.points.flatMap(({ time, value }) => {
          const result = numberOf(compute({ ...scalars, _value: value }));
          return result === undefined ? [] : [{ time, value: result }];
        });
        return { ...each, points };
      }),
    }),
  };
}

/** `where _value > 3` keeps points, `where max > 3` whole series. */
function readWhere(tokens: Tokens): MetricOperator {
  const expression = readScalar(tokens);
  const ofPoints = parts(expression).some((part) => part.kind === "field" && part.name === "_value");
  return {
    text: `where ${expressionText(expression)}`,
    lookback: 0,
    run({ series, quantized: done }, range) {
      const holds = evaluation(expression, range);
      const kept = series.flatMap((each) => {
        const scalars = scalarsOf(each, expression);
        if (!ofPoints) return isTrue(holds(scalars)) ? [each] : [];
        const points = each.points.filter(({ value }) => isTrue(holds({ ...scalars, _value: value })));
        return points.length > 0 ? [{ ...each, points }] : [];
      });
      return { quantized: done, series: kept };
    },
  };
}

/** `topk(3, max)`: the series for which it is greatest, greatest first; `bottomk` least. */
function readRanking(tokens: Tokens, name: "topk" | "bottomk"): MetricOperator {
  tokens.expect("(");
  const count = tokens.integer("how many series to keep");
  tokens.expect(",");
  const expression = readScalar(tokens);
  tokens.expect(")");
  const sign = name === "topk" ? -1 : 1;
  return {
    text: `${name}(${count}, ${expressionText(expression)})`,
    lookback: 0,
    run({ series, quantized: done }, range) {
      const compute = evaluation(expression, range);
      const ranked = series
        .map((each) => ({ each, rank: numberOf(compute(scalarsOf(each, expression))) ?? -sign * Infinity }))
        .sort((a, b) => sign * (a.rank - b.rank));
      return { quantized: done, series: ranked.slice(0, count).map(({ each }) => each) };
    },
  };
}

/** An expression of `_value` and of what a whole series comes to. */
function readScalar(tokens: Tokens): Expression {
  const expression = parseExpression(tokens);
  for (const part of parts(expression)) {
    if (part.kind !== "field" || part.name === "_value" || isReducer(part.name)) continue;
    tokens.fail(`There is no value ${part.name} here; there are _value, ${reducers.join(", ")}`, part.at);
  }
  return expression;
}

function scalarsOf({ points }: Series, expression: Expression): Row {
  const values = points.map(({ value }) => value);
  const named = parts(expression).flatMap((part) =>
    part.kind === "field" && isReducer(part.name) ? [part.name] : [],
  );
  return Object.fromEntries(named.map((name) => [name, reduce(values, name) ?? null]));
}

function isReducer(name: string): name is Reducer {
  return reducers.some((reducer) => reducer === name);
}

/** A dimension's name as it is written. */
export function dimensionText(name: string): string {
  return /^[A-Za-z_][\w.]*$/.test(name) ? name : fieldText(name);
}
