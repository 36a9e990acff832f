import { useRef } from "preact/hooks";
import type { PanelData, PanelView } from "../../shapes";
import { DataTable } from "../data-table";
import { number } from "../format";
import { usePanel } from "./panel-poll";
import { SeriesChart } from "./series-chart";
import { Text } from "./text";

interface Props {
  readonly panel: PanelView;
  /** Of the call that runs it. */
  readonly path: string;
  readonly interval: number;
  readonly asked: number;
}

/** A panel in its place on the dashboard's grid. */
export function Panel({ panel, path, ...options }: Props) {
  const frame = useRef<HTMLElement>(null);
  const data = usePanel(frame, path, options);
  const { title, description, queries, place } = panel;
  const area = {
    gridColumn: `${place.x + 1} / span ${place.width}`,
    gridRow: `${place.y + 1} / span ${place.height}`,
  };
  return (
    <article ref={frame} class="card panel" style={area} aria-busy={!data} aria-label={title}>
      {title && <h3>{title}</h3>}
      {description && <p class="hint">{description}</p>}
      {data ? <Shown data={data} panel={panel} /> : <p class="hint">Running…</p>}
      {queries.length > 0 && (
        <details class="queries">
          <summary>Query</summary>
          {queries.map((query) => (
            <pre key={query}>{query}</pre>
          ))}
        </details>
      )}
    </article>
  );
}

function Shown({ data, panel }: { data: PanelData; panel: PanelView }) {
  switch (data.kind) {
    case "series":
      return <SeriesChart data={data} panel={panel} />;
    case "table":
      return (
        <DataTable
          label={panel.title}
          columns={data.columns}
          rows={data.rows}
          bars={panel.chart === "bar" || panel.chart === "column"}
        />
      );
    case "value":
      return (
        <p class="value">
          {data.value === null ? "–" : number(data.value)}
          {panel.unit && <small> {panel.unit}</small>}
        </p>
      );
    case "text":
      return <Text text={data.text} />;
    case "failed":
      return <pre class="problem">{data.message}</pre>;
  }
}
