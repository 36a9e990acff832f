import type { Chart } from "./shapes";

interface Settings {
  readonly general?: { readonly mode?: string; readonly type?: string; readonly displayType?: string };
  readonly axes?: { readonly axisY?: { readonly unit?: { readonly value?: string } | string } };
  readonly svp?: { readonly unit?: string };
}

/** How Sumo Logic names the charts that are drawn here. */
const charts: Readonly<Record<string, Chart>> = {
  line: "line",
  area: "area",
  column: "column",
  bar: "bar",
  pie: "bar",
  table: "table",
  svp: "value",
  singlevalue: "value",
};

/** What a panel's visual settings say of how it is drawn. */
export function drawing(visualSettings: string): { chart: Chart; stacked: boolean; unit: string } {
  const { general = {}, axes, svp }: Settings = visualSettings ? JSON.parse(visualSettings) : {};
  const unit = axes?.axisY?.unit;
  return {
    chart:
      charts[(general.type ?? "").toLowerCase()] ?? (general.mode?.startsWith("single") ? "value" : "auto"),
    stacked: general.displayType === "stacked",
    unit: (typeof unit === "string" ? unit : unit?.value) ?? svp?.unit ?? "",
  };
}
