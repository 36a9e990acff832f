import { type DashboardMaker, logs, metrics, over } from "./panel";

/** The golden signals of the site: traffic, errors, latency, saturation. */
export const overviewDashboard: DashboardMaker = (data) => {
  const errors = `${data.requests("status")} | if(status >= 500, 1, 0) as error`;
  return {
    title: "Overview",
    description: "Whether the site does well: traffic, errors, latency and saturation.",
    panels: [
      logs(
        "value",
        "rate",
        "Requests a second",
        `${data.requests()} | count as requests | queryTimeRange() as range | 1000 * requests / range as rate | fields rate`,
      ),
      logs(
        "value",
        "availability",
        "Answers without a 5xx status",
        `${errors} | sum(error) as errors, count as requests | 100 * (requests - errors) / requests as percent | fields percent`,
        "%",
      ),
      logs(
        "value",
        "p95",
        "Answer time, 95th percentile",
        `${data.requests("duration")} | pct(duration, 95) as p95 | 1000 * p95 as p95`,
        "ms",
      ),
      metrics(
        "value",
        "servers",
        "Servers that send",
        `${data.metric("system.cpu.utilization", "state=idle")} | avg by host.name | count`,
      ),
      logs(
        "area",
        "traffic",
        "Traffic: requests a second, by server",
        `${data.requests()} | timeslice 1m | count by _timeslice, _sourceHost | _count / 60 as rate | fields - _count | ${over("_sourceHost")}`,
      ),
      logs(
        "line",
        "errors",
        "Errors: answers with a 5xx status, by server",
        `${errors} | timeslice 1m | sum(error) as errors, count as requests by _timeslice, _sourceHost | 100 * errors / requests as percent | fields - errors, requests | ${over("_sourceHost")}`,
        "%",
      ),
      logs(
        "line",
        "latency",
        "Latency: answer time, 95th percentile, by server",
        `${data.requests("duration")} | timeslice 1m | pct(duration, 95) as p95 by _timeslice, _sourceHost | 1000 * p95 as latency | fields - p95 | ${over("_sourceHost")}`,
        "ms",
      ),
      metrics(
        "line",
        "cpu",
        "Saturation: CPU use, by server",
        `${data.metric("system.cpu.utilization", "state=idle")} | avg by host.name | eval 100 * (1 - _value)`,
        "%",
      ),
      metrics(
        "line",
        "memory",
        "Saturation: memory use, by server",
        `${data.metric("system.memory.utilization", "state=used")} | max by host.name | eval 100 * _value`,
        "%",
      ),
      metrics(
        "line",
        "disk",
        "Saturation: use of the fullest file system, by server",
        `${data.metric("system.filesystem.utilization")} | max by host.name | eval 100 * _value`,
        "%",
      ),
    ],
  };
};
