import { useEffect, useRef, useState } from "preact/hooks";
import type { PanelData, PanelView } from "../../shapes";
import { DataTable } from "../data-table";
import { count } from "../format";
import { Chart, type ChartInput, dataOf, optionsOf, typeOf } from "./chart";
import { Legend } from "./legend";
import { useScheme } from "./scheme";

interface Props {
  readonly data: Extract<PanelData, { kind: "series" }>;
  readonly panel: PanelView;
}

/** Values over time: a picture, its legend with their figures, and all of them as a table. */
export function SeriesChart({ data, panel }: Props) {
  const { times, series } = data;
  if (times.length === 0) return <p class="hint">No data in this time.</p>;
  const columns = ["_timeslice", ...series.map(({ name }) => name)];
  const rows = times.map((time, index) => [time, ...series.map(({ values }) => values[index] ?? null)]);
  return (
    <>
      <Picture input={{ ...data, ...panel }} />
      <Legend series={series} label={panel.title} />
      <Values label={`${panel.title}: values`} columns={columns} rows={rows.reverse()} />
    </>
  );
}

/** The table is made only when it is opened. */
function Values(props: Parameters<typeof DataTable>[0]) {
  const [open, setOpen] = useState(false);
  return (
    <details class="values" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Values</summary>
      {open && <DataTable {...props} />}
    </details>
  );
}

function Picture({ input }: { input: ChartInput }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart | null>(null);
  const scheme = useScheme();
  const type = typeOf(input.chart);
  useEffect(() => {
    if (!canvas.current) return undefined;
    chart.current = new Chart(canvas.current, { type, data: dataOf(input), options: optionsOf(input) });
    return () => chart.current?.destroy();
  }, [type, scheme]);
  useEffect(() => {
    if (!chart.current) return;
    chart.current.data = dataOf(input);
    chart.current.options = optionsOf(input);
    chart.current.update("none");
  }, [input.times, input.series]);
  return (
    <div class="plot">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${input.title}: ${count(input.series.length, "line")} over time`}
      />
    </div>
  );
}
