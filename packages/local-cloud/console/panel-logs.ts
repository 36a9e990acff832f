import type { LogResult } from "../sumologic/query/log-run";
import { numberOf, type Row, textOf } from "../sumologic/query/values";
import type { Chart, PanelData } from "./shapes";
import { joined, type Line } from "./timeline";

/** Rows of a table that are shown. */
const mostRows = 200;

/** The records of a panel's log queries: over time where there are slices of it, one value, or a table. */
export function chartedRecords(results: readonly LogResult[], chart: Chart): PanelData {
  const inTime = results.filter(({ columns }) => columns.includes("_timeslice"));
  if (inTime.length === results.length && chart !== "table" && chart !== "value") {
    return { kind: "series", ...joined(inTime.flatMap(linesOf)) };
  }
  const [first] = results;
  const { columns = [], rows = [] } = first ?? {};
  const numeric = numericColumns(columns, rows);
  if (
    chart === "value" ||
    (chart === "auto" && rows.length === 1 && columns.length === 1 && numeric.length === 1)
  ) {
    const label = numeric.at(-1) ?? "";
    return { kind: "value", label, value: numberOf(rows.at(-1)?.[label]) ?? null };
  }
  return {
    kind: "table",
    columns,
    rows: rows
      .slice(0, mostRows)
      .map((row) => columns.map((name) => numberOf(row[name]) ?? row[name] ?? null)),
  };
}

/** A line for each numeric column, and for each group of the others. */
function linesOf({ columns, rows }: LogResult): Line[] {
  const others = columns.filter((name) => name !== "_timeslice" && name !== "__timeslice_end");
  const numeric = numericColumns(others, rows);
  const keys = others.filter((name) => !numeric.includes(name));
  const lines = new Map<string, { time: number; value: number | null }[]>();
  for (const row of rows) {
    const group = keys.map((key) => textOf(row[key])).join(", ");
    for (const name of numeric) {
      const line = [group, group && numeric.length === 1 ? "" : name].filter(Boolean).join(" ");
      const points = lines.get(line) ?? [];
      points.push({ time: Number(row._timeslice), value: numberOf(row[name]) ?? null });
      lines.set(line, points);
    }
  }
  return [...lines].map(([name, points]) => ({ name, points }));
}

function numericColumns(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.filter((name) => {
    const values = rows.map((row) => row[name] ?? null).filter((value) => value !== null && value !== "");
    return values.length > 0 && values.every((value) => numberOf(value) !== undefined);
  });
}
