import { fewestRequests, type MonitorList } from "./monitor";

/** Monitors of the web servers' access logs. */
export const webMonitors: MonitorList = ({ settings }, data) => {
  const { capacityQps, thresholds } = settings.monitoring;
  const qps = (percent: number) => (capacityQps * percent) / 100;
  const share = (test: string) =>
    `if(${test}, 1, 0) as hit | sum(hit) as hits, count as requests by _sourceHost | where requests >= ${fewestRequests} | 100 * hits / requests as percent`;
  const common = { signal: "logs", of: "server", window: "5m" } as const;
  return [
    {
      ...common,
      name: "web-qps-near-capacity",
      measures: `Requests a second of a web server, in its busiest minute, against the ${capacityQps} that it is known to carry`,
      query: `${data.requests()} | timeslice 1m | count by _timeslice, __timeslice_end, _sourceHost | 1000 * _count / (__timeslice_end - _timeslice) as qps | max(qps) as qps by _sourceHost`,
      field: "qps",
      limits: { warning: qps(thresholds.qpsPercent.warning), critical: qps(thresholds.qpsPercent.critical) },
    },
    {
      ...common,
      name: "web-qps-collapse",
      of: "site",
      window: "60m",
      // Of the balancer's checks too: a site that nobody visits is not silent.
      silence: "5m",
      measures: "Requests of the last five minutes in percent of those usual in the last hour",
      query: `${data.logs("nginx-access")} | json "caller" | if(caller = "visitor", 1, 0) as visit | if(12 * (queryEndTime() - _messageTime) < queryTimeRange(), visit, 0) as late | sum(late) as lately, sum(visit) as requests | if(requests < ${12 * fewestRequests}, 100, 1200 * lately / requests) as percent`,
      field: "percent",
      falling: true,
      limits: thresholds.qpsOfUsualPercent,
    },
    {
      ...common,
      name: "web-server-errors",
      measures: "Share of answers to visitors with a 5xx status, in percent",
      query: `${data.requests("status")} | ${share("status >= 500")}`,
      field: "percent",
      limits: thresholds.serverErrorPercent,
    },
    {
      ...common,
      name: "web-client-errors",
      measures: "Share of answers to visitors with a 4xx status, in percent",
      query: `${data.requests("status")} | ${share("status >= 400 and status < 500")}`,
      field: "percent",
      limits: thresholds.clientErrorPercent,
    },
    {
      ...common,
      name: "web-upstream-down",
      // With the balancer's checks, which are all that is left once it has given the server up.
      measures: "Share of requests that reached no application server, in percent",
      query: `${data.logs("nginx-access")} | json "status", "upstream", "upstream_status" | ${share("status >= 502 and status <= 504 and isBlank(upstream) and !isBlank(upstream_status)")}`,
      field: "percent",
      limits: thresholds.unservedPercent,
    },
    {
      ...common,
      name: "web-latency",
      measures: "95th percentile of the answer time, in milliseconds",
      query: `${data.requests("duration")} | pct(duration, 95) as p95, count as requests by _sourceHost | where requests >= ${fewestRequests} | 1000 * p95 as latency`,
      field: "latency",
      limits: thresholds.latencyMs,
    },
  ];
};
