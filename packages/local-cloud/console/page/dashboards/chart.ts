import {
  BarController,
  BarElement,
  Chart,
  type ChartData,
  type ChartOptions,
  type ChartType,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import type { PanelView, SeriesView } from "../../shapes";
import { dateAndTime, number } from "../format";
import { colour, faded, lineColour } from "./palette";
import { timeText, timeTicks } from "./time-axis";

Chart.register(
  BarController,
  BarElement,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export { Chart };

export interface ChartInput extends Pick<PanelView, "title" | "chart" | "stacked" | "unit"> {
  readonly times: readonly number[];
  readonly series: readonly SeriesView[];
}

/** A gap of more buckets than these is shown as one. */
const longestGap = 3;

export const typeOf = (chart: PanelView["chart"]): ChartType =>
  chart === "column" || chart === "bar" ? "bar" : "line";

export function dataOf({ times, series, chart }: ChartInput): ChartData {
  return {
    labels: [...times],
    datasets: series.map(({ name, values }, index) => ({
      label: name,
      data: values.map((y, at) => ({ x: times[at] ?? 0, y })),
      borderColor: lineColour(index),
      backgroundColor: faded(lineColour(index), chart === "area" ? 0.35 : 0.85),
      fill: chart === "area" ? "stack" : false,
      borderWidth: typeOf(chart) === "bar" ? 0 : 2,
      pointRadius: values.filter((value) => value !== null).length === 1 ? 3 : 0,
      pointHitRadius: 12,
      tension: 0,
      spanGaps: longestGap * step(times),
    })),
  };
}

export function optionsOf({ stacked, unit, times, chart }: ChartInput): ChartOptions {
  const ink = colour("dim");
  const grid = colour("rule");
  return {
    animation: false,
    maintainAspectRatio: false,
    normalized: true,
    interaction: { mode: "index", intersect: false },
    scales: {
      x: {
        type: "linear",
        min: (times[0] ?? 0) - (typeOf(chart) === "bar" ? step(times) / 2 : 0),
        max: (times.at(-1) ?? 0) + (typeOf(chart) === "bar" ? step(times) / 2 : 0),
        stacked,
        grid: { display: false },
        border: { color: grid },
        ticks: { color: ink, maxRotation: 0, callback: (value) => timeText(Number(value)) },
        afterBuildTicks: (axis) => {
          axis.ticks = timeTicks(axis.min, axis.max).map((value) => ({ value }));
        },
      },
      y: {
        stacked: stacked || chart === "area",
        beginAtZero: true,
        grid: { color: grid },
        border: { display: false },
        ticks: {
          color: ink,
          maxTicksLimit: 5,
          callback: (value) => `${number(Number(value))}${unit && ` ${unit}`}`,
        },
      },
    },
    plugins: {
      tooltip: {
        callbacks: {
          title: ([item]) => dateAndTime(Number(item?.parsed.x)),
          label: ({ dataset, parsed }) => `${dataset.label}: ${number(Number(parsed.y))} ${unit}`,
        },
      },
    },
  };
}

/** The usual distance of two times. */
function step(times: readonly number[]): number {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 60_000;
}
