import { durationText, type Tokens } from "../tokens";
import type { MetricOperator } from "./operator";

/** `timeshift 2h`: the series as they were that long before. */
export function timeshift(tokens: Tokens): MetricOperator {
  const by = tokens.acceptDuration() ?? tokens.unexpected("a length of time such as 2h");
  return {
    text: `timeshift ${durationText(by)}`,
    lookback: by,
    run: ({ series, quantized }, { scale = 1 }) => ({
      quantized,
      series: series.map((each) => ({
        ...each,
        points: each.points.map(({ time, value }) => ({ time: time + by / scale, value })),
      })),
    }),
  };
}
