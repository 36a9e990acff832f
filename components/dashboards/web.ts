import { type DashboardMaker, logs, metrics, over } from "./panel";

/** The web servers, by their access logs. */
export const webDashboard: DashboardMaker = (data) => {
  const path = 'parse regex field=uri "^(?<path>[^?]*)"';
  return {
    title: "Web",
    description: "How many requests the web servers answer, how, and how fast.",
    panels: [
      logs(
        "line",
        "qps",
        "Requests a second, by server",
        `${data.requests()} | timeslice 1m | count by _timeslice, _sourceHost | _count / 60 as qps | fields - _count | ${over("_sourceHost")}`,
      ),
      logs(
        "table",
        "qps-peak",
        "Peak and mean requests a second, by server",
        `${data.requests()} | timeslice 1s | count as rps by _timeslice, _sourceHost | max(rps) as peak, sum(rps) as requests by _sourceHost | queryTimeRange() as range | 1000 * requests / range as mean | fields _sourceHost, peak, mean | sort by peak`,
      ),
      logs(
        "table",
        "qps-peak-of-all",
        "Peak and mean requests a second, in sum",
        `${data.requests()} | timeslice 1s | count as rps by _timeslice | max(rps) as peak, sum(rps) as requests | queryTimeRange() as range | 1000 * requests / range as mean | fields peak, mean`,
      ),
      logs(
        "area",
        "status",
        "Answers by class of status",
        `${data.requests("status")} | concat(floor(status / 100), "xx") as class | timeslice 1m | count by _timeslice, class | ${over("class")}`,
      ),
      logs(
        "line",
        "upstream-errors",
        "5xx by application server",
        `${data.requests("status", "upstream")} | where status >= 500 | if(isBlank(upstream), "none reached", upstream) as upstream | timeslice 1m | count by _timeslice, upstream | ${over("upstream")}`,
      ),
      logs(
        "line",
        "latency",
        "Answer time, 95th percentile, by server",
        `${data.requests("duration")} | timeslice 1m | pct(duration, 95) as p95 by _timeslice, _sourceHost | ${over("_sourceHost")}`,
        "s",
      ),
      logs(
        "line",
        "latency-percentiles",
        "Answer time, percentiles of the site",
        `${data.requests("duration")} | timeslice 1m | pct(duration, 50) as p50, pct(duration, 95) as p95, pct(duration, 99) as p99 by _timeslice`,
        "s",
      ),
      logs(
        "area",
        "bytes",
        "Bytes a second, to and from visitors",
        `${data.requests("response_bytes", "request_bytes")} | timeslice 1m | sum(response_bytes) as sent, sum(request_bytes) as received by _timeslice | sent / 60 as sent | received / 60 as received`,
        "B/s",
      ),
      metrics(
        "line",
        "connections",
        "Open connections, by server",
        `${data.metric("nginx.connections_current", "state=active")} | max by host.name`,
      ),
      logs(
        "table",
        "paths",
        "Top paths",
        `${data.requests("uri", "duration")} | ${path} | count as requests, pct(duration, 95) as p95 by path | sort by requests | limit 10`,
      ),
      logs(
        "table",
        "failed-paths",
        "Top paths that failed",
        `${data.requests("uri", "status")} | where status >= 400 | ${path} | count as answers by path, status | sort by answers | limit 10`,
      ),
    ],
  };
};
