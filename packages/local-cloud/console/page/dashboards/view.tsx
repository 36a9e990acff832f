import { useState } from "preact/hooks";
import type { DashboardView } from "../../shapes";
import { usePoll } from "../poll";
import { SpanSelect } from "../spans";
import { Panel } from "./panel";
import { VariableSelect } from "./variable-select";

/** Seconds between two runs of the queries where a dashboard names none; and the fewest. */
const usualRefresh = 60;
const leastRefresh = 15;

/** The account's dashboards, one at a time. @param chosen id of the one to show; else the first. */
export function DashboardsView({ chosen }: { chosen: string }) {
  const { data } = usePoll<DashboardView[]>("dashboards", 60_000);
  const shown = data?.find(({ id }) => id === chosen) ?? data?.[0];
  return (
    <>
      <h1>Dashboards</h1>
      {data?.length === 0 && <p class="hint">The account has no dashboards.</p>}
      {data && data.length > 1 && (
        <nav aria-label="Dashboards" class="choices">
          <ul>
            {data.map(({ id, title }) => (
              <li key={id}>
                <a href={`#dashboards/${id}`} aria-current={id === shown?.id ? "true" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {shown && <Dashboard key={shown.id} dashboard={shown} />}
    </>
  );
}

function Dashboard({ dashboard }: { dashboard: DashboardView }) {
  const { id, title, description, refresh, variables, panels } = dashboard;
  const [span, setSpan] = useState(dashboard.span);
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [asked, setAsked] = useState(0);
  const seconds = Math.max(leastRefresh, refresh || usualRefresh);
  const parameters = new URLSearchParams({ span: String(span), variables: JSON.stringify(values) });
  return (
    <section aria-labelledby="dashboard">
      <div class="toolbar">
        <h2 id="dashboard" class="grow">
          {title}
        </h2>
        {variables.map((variable) => (
          <VariableSelect
            key={variable.name}
            variable={variable}
            value={values[variable.name] ?? variable.value}
            onChange={(value) => setValues({ ...values, [variable.name]: value })}
          />
        ))}
        <SpanSelect span={span} onChange={setSpan} />
        <button type="button" onClick={() => setAsked(asked + 1)}>
          Refresh
        </button>
      </div>
      {description && <p class="hint">{description}</p>}
      <div class="panels">
        {panels.map((panel) => (
          <Panel
            key={panel.key}
            panel={panel}
            path={`dashboards/${id}/panels/${encodeURIComponent(panel.key)}?${parameters}`}
            interval={1000 * seconds}
            asked={asked}
          />
        ))}
      </div>
    </section>
  );
}
