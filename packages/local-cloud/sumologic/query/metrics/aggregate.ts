import type { Tokens } from "../tokens";
import { dimensionText } from "./dimension";
import type { MetricOperator } from "./operator";
import { quantized, type Reducer, reduce, type Series } from "./series";

/** `sum by a, b`: one series for each different a and b, or one of all. */
export function readAggregate(tokens: Tokens, reducer: Reducer | "pct", percent?: number): MetricOperator {
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

/** `pct(95) by a`: the same with a percentile. */
export function readPercentile(tokens: Tokens): MetricOperator {
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
