import type { Series } from "../../ingest/records";
import { accumulators, percentile } from "../accumulators";
import type { Range } from "../functions";
import type { Value } from "../values";

export type { Series };
export type Point = Series["points"][number];

/** What operators on time series are run with. */
export interface MetricRange extends Range {
  /** Length of the buckets that points are put in, in milliseconds. */
  readonly quantum: number;
}

/** Time series on their way through a query; until they are in buckets, their points have times of their own. */
export interface Stream {
  readonly series: readonly Series[];
  readonly quantized: boolean;
}

/** How the values of one bucket, or one series, become one. */
export const reducers = ["avg", "min", "max", "sum", "count", "stddev", "latest"] as const;
export type Reducer = (typeof reducers)[number];

/** Undefined where there are no values. @param percent for percentiles, with the reducer `pct`. */
export function reduce(
  values: readonly number[],
  reducer: Reducer | "pct",
  percent = 95,
): number | undefined {
  if (values.length === 0) return undefined;
  if (reducer === "latest") return values.at(-1);
  const accumulator = reducer === "pct" ? percentile(percent) : accumulators[reducer]?.();
  for (const value of values) accumulator?.add(value);
  return finite(accumulator?.result());
}

/** One point for each bucket that has any, at the bucket's beginning. */
export function quantize(series: Series, quantum: number, reducer: Reducer): Series {
  const buckets = new Map<number, number[]>();
  for (const { time, value } of series.points) {
    const begin = Math.floor(time / quantum) * quantum;
    const bucket = buckets.get(begin);
    if (bucket) bucket.push(value);
    else buckets.set(begin, [value]);
  }
  const points = [...buckets].map(([time, values]) => ({ time, value: reduce(values, reducer) ?? 0 }));
  return { ...series, points: points.sort((a, b) => a.time - b.time) };
}

/** The stream with its points in buckets, by their average where they are not yet. */
export function quantized({ series, quantized: done }: Stream, { quantum }: MetricRange): readonly Series[] {
  return done ? series : series.map((each) => quantize(each, quantum, "avg"));
}

/** The lengths a bucket may have, in seconds. */
const lengths = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Length of the buckets for a range where nobody asks for one: at most 240 of them, and never under 15 s. */
export function quantumFor({ from, to }: Range): number {
  const seconds = Math.max((to - from) / 1000 / 240, 15);
  return 1000 * (lengths.find((length) => length >= seconds) ?? 86_400);
}

function finite(value: Value | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
