import type { MonitoringData } from "../monitoring-data";
import type { Stack } from "../stack";

/** How a panel is drawn: over time (`line`, `area` stacked), by group (`bar`, `table`), or as one value. */
export type Chart = "line" | "area" | "bar" | "table" | "value";

export interface Panel {
  readonly key: string;
  readonly title: string;
  readonly chart: Chart;
  readonly signal: "logs" | "metrics";
  /** Of metrics there may be several, of which each is drawn. */
  readonly queries: readonly string[];
  readonly unit: string;
}

/** What a dashboard shows, panel after panel. */
export interface DashboardSpec {
  readonly title: string;
  /** What it answers, in a sentence. */
  readonly description: string;
  readonly panels: readonly Panel[];
}

/** The dashboard of one subject, as far as it fits the stack. */
export type DashboardMaker = (data: MonitoringData, stack: Stack) => DashboardSpec;

/** A panel over log messages. @param unit shown with the values, e.g. `%`. */
export const logs = (chart: Chart, key: string, title: string, query: string, unit = ""): Panel => ({
  key,
  title,
  chart,
  signal: "logs",
  queries: [query],
  unit,
});

/** A panel over metrics. @param unit shown with the values, e.g. `%`. */
export const metrics = (
  chart: Chart,
  key: string,
  title: string,
  queries: string | readonly string[],
  unit = "",
): Panel => ({ key, title, chart, signal: "metrics", queries: [queries].flat(), unit });

/** Of a value by group, minute by minute, a line for each group. */
export const over = (group: string): string => `transpose row _timeslice column ${group}`;

const kinds: Readonly<Record<Chart, object>> = {
  line: { mode: "timeSeries", type: "line", displayType: "default" },
  area: { mode: "timeSeries", type: "area", displayType: "stacked" },
  bar: { mode: "distribution", type: "bar", displayType: "default" },
  table: { mode: "distribution", type: "table" },
  value: { mode: "singleValueMetrics", type: "svp", displayType: "default" },
};

/** How a panel is drawn, in Sumo Logic's own JSON. */
export const visualSettings = ({ chart, unit }: Panel): string =>
  JSON.stringify({
    general: kinds[chart],
    ...(unit !== "" &&
      (chart === "value"
        ? { svp: { option: "Latest", unit } }
        : { axes: { axisY: { unit: { value: unit, isCustom: true } } } })),
  });

/** Width and height of a panel, on a grid of 24 columns. */
const sizes: Readonly<Record<Chart, readonly [number, number]>> = {
  line: [12, 8],
  area: [12, 8],
  bar: [12, 8],
  table: [12, 8],
  value: [6, 5],
};

/** Where the panels stand: from left to right, row after row. */
export function layout(panels: readonly Panel[]): { key: string; structure: string }[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return panels.map(({ key, chart }) => {
    const [width, height] = sizes[chart];
    if (x + width > 24) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const structure = JSON.stringify({ height, width, x, y });
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return { key, structure };
  });
}
