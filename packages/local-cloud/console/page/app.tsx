import { useEffect, useRef, useState } from "preact/hooks";
import type { Overview } from "../shapes";
import { ArchitectureView } from "./architecture/view";
import { DashboardsView } from "./dashboards/view";
import { time } from "./format";
import { LogsView } from "./logs";
import { MonitorsView } from "./monitors";
import { usePoll } from "./poll";
import { ResourcesView } from "./resources";
import { useRoute } from "./route";

const views = {
  architecture: "Architecture",
  dashboards: "Dashboards",
  monitors: "Monitors",
  logs: "Logs",
  resources: "Resources",
} as const;

type View = keyof typeof views;

/** The console: what it shows is named by the address behind the `#`. */
export function App() {
  const [name = "", rest = ""] = useRoute();
  const view: View = name in views ? (name as View) : "architecture";
  const { data, error } = usePoll<Overview>("overview", 3000);
  const firing =
    data?.monitors.filter(({ health }) => health === "critical" || health === "warning").length ?? 0;
  const main = useFocusOnChange(view);
  useEffect(() => {
    document.title = `${firing > 0 ? `(${firing}) ` : ""}${views[view]} · Local cloud`;
  }, [view, firing]);

  return (
    <>
      <header>
        <button type="button" class="skip" onClick={() => main.current?.focus()}>
          To the content
        </button>
        <p class="brand">Local cloud</p>
        <nav aria-label="Views">
          <ul>
            {Object.entries(views).map(([key, title]) => (
              <li key={key}>
                <a href={`#${key}`} aria-current={key === view ? "page" : undefined}>
                  {title}{" "}
                  {key === "monitors" && firing > 0 && (
                    <span class="count">
                      {firing}
                      <span class="unseen"> firing</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Connection error={error} now={data?.now} />
      </header>
      <main ref={main} tabIndex={-1} aria-label={views[view]}>
        {view === "architecture" && data && <ArchitectureView overview={data} />}
        {view === "dashboards" && <DashboardsView chosen={rest} />}
        {view === "monitors" && data && <MonitorsView monitors={data.monitors} now={data.now} />}
        {view === "logs" && <LogsView />}
        {view === "resources" && <ResourcesView />}
      </main>
    </>
  );
}

/** Whether the local cloud answers; only a change of that is announced. */
function Connection({ error, now }: { error: string | undefined; now: number | undefined }) {
  return (
    <p class="connection">
      <span role="status" class={error === undefined ? "health ok" : "health critical"}>
        {error === undefined ? "live" : "the local cloud does not answer"}
      </span>
      {now !== undefined && <time dateTime={new Date(now).toISOString()}>{time(now)}</time>}
    </p>
  );
}

/** Moves the focus to the content when another view is chosen. */
function useFocusOnChange(view: View) {
  const main = useRef<HTMLElement>(null);
  const [first] = useState(view);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current || view !== first) main.current?.focus();
    moved.current ||= view !== first;
  }, [view, first]);
  return main;
}
