import { type DashboardMaker, logs, over } from "./panel";

/** The application, as the web servers see it and as it tells itself. */
export const applicationDashboard: DashboardMaker = (data) => {
  const reached = `${data.requests("upstream", "upstream_status", "upstream_duration")} | where !isBlank(upstream)`;
  const own = `${data.journal("app")} | parse regex field=message "^(?<level>[A-Z]+) (?<rest>.*)"`;
  return {
    title: "Application",
    description: "How the application servers share the work, how long they take, and what goes wrong.",
    panels: [
      logs(
        "area",
        "requests",
        "Requests a second, by application server",
        `${reached} | timeslice 1m | count by _timeslice, upstream | _count / 60 as rate | fields - _count | ${over("upstream")}`,
      ),
      logs(
        "line",
        "time",
        "Time in the application, 95th percentile, by application server",
        `${reached} | timeslice 1m | pct(upstream_duration, 95) as p95 by _timeslice, upstream | 1000 * p95 as time | fields - p95 | ${over("upstream")}`,
        "ms",
      ),
      logs(
        "area",
        "status",
        "Its answers by class of status",
        `${reached} | concat(floor(upstream_status / 100), "xx") as class | timeslice 1m | count by _timeslice, class | ${over("class")}`,
      ),
      logs(
        "line",
        "failures",
        "Its answers with a 5xx status, by application server",
        `${reached} | where upstream_status >= 500 | timeslice 1m | count by _timeslice, upstream | ${over("upstream")}`,
      ),
      logs(
        "area",
        "levels",
        "What it logs, by level",
        `${own} | timeslice 1m | count by _timeslice, level | ${over("level")}`,
      ),
      logs(
        "table",
        "errors",
        "Errors",
        `${own} | where level in ("WARNING", "ERROR", "CRITICAL") | parse regex field=rest "^(?:\\S+ )?(?<what>[A-Z]+ .*)" nodrop | if(isBlank(what), rest, what) as what | count as times by level, what, _sourceHost | sort by times | limit 20`,
      ),
    ],
  };
};
