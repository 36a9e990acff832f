import type { MetricRange, Stream } from "./series";

/** A part of a query of metrics between two bars. */
export interface MetricOperator {
  readonly text: string;
  /** How much earlier than the range it needs points, in milliseconds. */
  readonly lookback: number;
  run(stream: Stream, range: MetricRange): Stream;
}
