import type { MonitorList } from "./monitor";

/** Monitors of the monitoring itself. */
export const agentMonitors: MonitorList = ({ settings }, data) => [
  {
    name: "agent-silent",
    signal: "metrics",
    of: "server",
    window: "5m",
    silence: "5m",
    measures: "Metrics from the server: without any, the server is down or cut off, or its agent is",
    queries: [`${data.metric("system.cpu.utilization", "state=idle")} | avg by host.name`],
  },
  {
    name: "agent-unhealthy",
    signal: "logs",
    of: "server",
    window: "5m",
    silence: "5m",
    measures: "Minutes of the last five in which the agent's own health check failed",
    query: `${data.event("agent", "healthy")} | if(healthy = "true", 0, 1) as unhealthy | sum(unhealthy) as minutes by _sourceHost`,
    field: "minutes",
    limits: settings.monitoring.thresholds.downMinutes,
  },
];
