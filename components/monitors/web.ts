import type { Settings } from "../../config/schema";

/** A log query whose result is compared with two limits, for each server by itself. */
export interface LogMonitor {
  readonly name: string;
  /** What it means and why the limits are what they are. */
  readonly description: string;
  readonly query: string;
  /** Field of the result that is compared. */
  readonly field: string;
  readonly warning: number;
  readonly critical: number;
}

/** Monitors of the web servers' access logs. */
export function webMonitors(categoryPrefix: string, monitoring: Settings["monitoring"]): LogMonitor[] {
  const access = `_sourceCategory=${categoryPrefix}/nginx/access`;
  const { capacityQps, thresholds } = monitoring;
  const qps = (percent: number) => (capacityQps * percent) / 100;
  return [
    {
      name: "web-qps-near-capacity",
      description: `Requests a second of a web server against the ${capacityQps} that it is known to carry`,
      query: `${access} | timeslice 1m | count by _timeslice, __timeslice_end, _sourceHost | 1000 * _count / (__timeslice_end - _timeslice) as qps | max(qps) as qps by _sourceHost`,
      field: "qps",
      warning: qps(thresholds.qpsPercent.warning),
      critical: qps(thresholds.qpsPercent.critical),
    },
    {
      name: "web-server-errors",
      description: "Share of answers with a 5xx status, in percent",
      query: `${access} | json "status" | if(status >= 500, 1, 0) as error | sum(error) as errors, count as requests by _sourceHost | 100 * errors / requests as percent`,
      field: "percent",
      ...thresholds.serverErrorPercent,
    },
    {
      name: "web-latency",
      description: "95th percentile of the answer time, in milliseconds",
      query: `${access} | json "duration" | pct(duration, 95) as p95 by _sourceHost | 1000 * p95 as latency`,
      field: "latency",
      ...thresholds.latencyMs,
    },
  ];
}
