import type { Series } from "../sumologic/ingest/records";
import type { Chart, PanelData } from "./shapes";
import { joined } from "./timeline";

/** The time series of a panel's queries of metrics: over time, or the latest value of each. */
export function chartedSeries(series: readonly Series[], chart: Chart): PanelData {
  const names = namesOf(series);
  const latest = series.map(({ points }) => points.at(-1)?.value ?? null);
  if (chart === "value") return { kind: "value", label: names[0] ?? "", value: latest[0] ?? null };
  if (chart === "bar" || chart === "table") {
    return {
      kind: "table",
      columns: ["series", "latest"],
      rows: names.map((name, index) => [name, latest[index] ?? null]),
    };
  }
  return {
    kind: "series",
    ...joined(series.map(({ points }, index) => ({ name: names[index] ?? "", points }))),
  };
}

/** Each named by the dimensions in which they differ; one alone by its metric. */
function namesOf(series: readonly Series[]): string[] {
  const keys = [...new Set(series.flatMap(({ dimensions }) => Object.keys(dimensions)))];
  const telling = keys.filter((key) => new Set(series.map(({ dimensions }) => dimensions[key])).size > 1);
  return series.map(({ dimensions }) => {
    const own = (telling.length > 0 ? telling : keys.filter((key) => key === "metric"))
      .map((key) => dimensions[key])
      .filter(Boolean);
    return own.join(" ") || "all";
  });
}
