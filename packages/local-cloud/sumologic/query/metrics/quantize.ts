import { durationText, type Tokens } from "../tokens";
import type { MetricOperator } from "./operator";
import { type Point, quantize, reducers } from "./series";

/** `quantize to 1m using max drop last`: the buckets' length, and how their values become one. */
export function readQuantize(tokens: Tokens): MetricOperator {
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
