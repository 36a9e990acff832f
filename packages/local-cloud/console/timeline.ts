import type { SeriesView } from "./shapes";

/** Values of one name at times of its own. */
export interface Line {
  readonly name: string;
  readonly points: readonly { readonly time: number; readonly value: number | null }[];
}

/** Lines that are drawn together. */
const mostLines = 40;

/** Lines on the times that any of them has. */
export function joined(lines: readonly Line[]): { readonly times: number[]; readonly series: SeriesView[] } {
  const shown = lines.slice(0, mostLines);
  const times = [...new Set(shown.flatMap(({ points }) => points.map(({ time }) => time)))].sort(
    (a, b) => a - b,
  );
  return {
    times,
    series: shown.map(({ name, points }) => {
      const values = new Map(points.map(({ time, value }) => [time, value]));
      return { name, values: times.map((time) => values.get(time) ?? null) };
    }),
  };
}
