import type { AlertView, MonitorView } from "../shapes";
import { ago, count, dateAndTime, length, number } from "./format";
import { HealthBadge } from "./health";

const order = ["critical", "warning", "unknown", "starting", "ok"];

/** Every monitor with its state, those that fire first. */
export function MonitorsView({ monitors, now }: { monitors: readonly MonitorView[]; now: number }) {
  const sorted = monitors.toSorted(
    (a, b) => order.indexOf(a.health) - order.indexOf(b.health) || a.name.localeCompare(b.name),
  );
  const firing = sorted.filter(({ alerts }) => alerts.some(({ resolved }) => resolved === null)).length;
  return (
    <>
      <h1>Monitors</h1>
      <p class="hint">
        {monitors.length === 0
          ? "The account has no monitors."
          : `${count(monitors.length, "monitor")}, ${firing} of them firing. A monitor is evaluated every minute or, where its window is long, less often.`}
      </p>
      <ul class="monitors">
        {sorted.map((monitor) => (
          <Monitor key={monitor.id} monitor={monitor} now={now} />
        ))}
      </ul>
    </>
  );
}

function Monitor({ monitor, now }: { monitor: MonitorView; now: number }) {
  const { name, description, type, queries, status, health, evaluatedAt, problem, alerts } = monitor;
  return (
    <li class={`card monitor ${health}`}>
      <div class="monitor-head">
        <h2>{name}</h2>
        <HealthBadge health={health}>{status.join(", ")}</HealthBadge>
      </div>
      <p>{description}</p>
      {alerts.length > 0 && (
        <ul class="alerts">
          {alerts.map((alert) => (
            <Alert key={alert.id} alert={alert} now={now} />
          ))}
        </ul>
      )}
      {problem && <pre class="problem">{problem}</pre>}
      <details>
        <summary>{count(queries.length, "query", "queries")}</summary>
        {queries.map((query) => (
          <pre key={query}>{query}</pre>
        ))}
      </details>
      <p class="hint">
        {type} · {evaluatedAt === null ? "not evaluated yet" : `evaluated ${ago(evaluatedAt, now)}`}
      </p>
    </li>
  );
}

function Alert({ alert, now }: { alert: AlertView; now: number }) {
  const { severity, group, value, since, resolved } = alert;
  const health = resolved !== null ? "ok" : severity === "Critical" ? "critical" : "warning";
  return (
    <li>
      <HealthBadge health={health}>{severity}</HealthBadge> {group}
      {value !== null && ` at ${number(value)}`}
      <span class="hint">
        {" "}
        <time dateTime={new Date(since).toISOString()} title={dateAndTime(since)}>
          {ago(since, now)}
        </time>
        {resolved !== null && `, resolved after ${length(resolved - since)}`}
      </span>
    </li>
  );
}
