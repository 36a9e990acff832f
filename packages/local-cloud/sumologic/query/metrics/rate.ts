import { durationText, type Tokens } from "../tokens";
import type { MetricOperator } from "./operator";
import type { Point, Series } from "./series";

type Mode = "counter" | "increasing" | "decreasing" | "any";

/** How far back the point before the first may lie, in milliseconds. */
const longestGap = 5 * 60_000;

/**
 * `rate counter over 1m`: the change a second, between neighbours or over the time before each point. The value of
 * a counter that has become smaller began anew at 0.
 */
export function rate(tokens: Tokens): MetricOperator {
  const mode: Mode =
    (["counter", "increasing", "decreasing"] as const).find((each) => tokens.accept(each)) ?? "any";
  const named = tokens.accept("over");
  const over = tokens.acceptDuration();
  if (named && over === undefined) tokens.unexpected("a length of time such as 1m");
  const window = over === undefined ? "" : ` over ${durationText(over)}`;
  return {
    text: `rate${mode === "any" ? "" : ` ${mode}`}${window}`,
    lookback: over ?? longestGap,
    run({ series, quantized }, { scale = 1 }) {
      const points = (each: Series) =>
        over === undefined
          ? betweenNeighbours(each.points, mode)
          : overWindow(each.points, mode, over / scale);
      return { quantized, series: series.map((each) => ({ ...each, points: points(each) })) };
    },
  };
}

function betweenNeighbours(points: readonly Point[], mode: Mode): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (!before || before.time === point.time) return [];
    const value = (1000 * change(before.value, point.value, mode)) / (point.time - before.time);
    const left = (mode === "increasing" && value < 0) || (mode === "decreasing" && value > 0);
    return left ? [] : [{ time: point.time, value }];
  });
}

/** From the first to the last point of the window before each point, as if they lay at the window's ends. */
function overWindow(points: readonly Point[], mode: Mode, window: number): Point[] {
  const sums: number[] = [];
  for (const [index, { value }] of points.entries()) {
    const before = points[index - 1];
    sums.push((sums[index - 1] ?? 0) + (before ? change(before.value, value, mode) : 0));
  }
  let first = 0;
  return points.flatMap((point, index) => {
    while ((points[first]?.time ?? point.time) < point.time - window) first += 1;
    const start = points[first];
    if (!start || start.time === point.time) return [];
    const value = (1000 * ((sums[index] ?? 0) - (sums[first] ?? 0))) / (point.time - start.time);
    return [{ time: point.time, value }];
  });
}

function change(before: number, after: number, mode: Mode): number {
  return mode === "counter" && after < before ? after : after - before;
}
