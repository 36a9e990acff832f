import { serverCount } from "../../config/derived";
import type { MonitoringData } from "../monitoring-data";
import type { Stack } from "../stack";
import type { LogMonitor, Monitor, MonitorList } from "./monitor";

const metrics = { signal: "metrics", of: "server", window: "5m" } as const;
const logs = { signal: "logs", of: "server", window: "5m" } as const;

/** Monitors of the database, self-run or managed: of the latter one server's agent tells. */
export const databaseMonitors: MonitorList = (stack, data) => {
  const { thresholds } = stack.settings.monitoring;
  return [
    {
      ...metrics,
      name: "database-refused-connections",
      measures: "Connections that the database refused in five minutes",
      queries: [connectionErrors(data, "max_connections", "internal", "accept", "peer_address", "select")],
      limits: thresholds.refusedConnections,
    },
    {
      ...metrics,
      name: "database-aborted-connections",
      measures: "Connections to the database that ended without a farewell in five minutes",
      queries: [connectionErrors(data, "aborted", "aborted_clients")],
      limits: thresholds.abortedConnections,
    },
    {
      ...metrics,
      name: "database-slow-queries",
      measures: "Statements a minute that took over a second",
      queries: [
        `${data.metric("mysql.query.slow.count")} | rate counter over 5m | sum by host.name | eval 60 * latest`,
      ],
      limits: thresholds.slowQueriesPerMinute,
    },
    ...(stack.settings.database.mode === "managed" ? [managedDatabase(data)] : ownDatabase(stack, data)),
  ];
};

const connectionErrors = (data: MonitoringData, ...kinds: string[]): string =>
  `${data.metric("mysql.connection.errors", `(${kinds.map((kind) => `error=${kind}`).join(" or ")})`)} | rate counter over 5m | sum by host.name | eval 300 * latest`;

const managedDatabase = (data: MonitoringData): Monitor => ({
  ...metrics,
  name: "database-down",
  silence: "5m",
  measures: "Figures of the database cluster: without any, it is down or out of reach",
  queries: [`${data.metric("mysql.uptime")} | max by host.name`],
});

const ownDatabase = (stack: Stack, data: MonitoringData): Monitor[] => [
  ...(stack.settings.database.mode === "cluster" ? cluster(stack, data) : primaryReplica(stack, data)),
  {
    ...logs,
    name: "database-backup-failed",
    window: "60m",
    measures: "Backups, or proofs that one can be restored, that failed in an hour",
    query: `${data.event("backup", "kind", "ok")} | if(ok = "true", 0, 1) as failed | sum(failed) as failures by _sourceHost, kind`,
    field: "failures",
    limits: stack.settings.monitoring.thresholds.failedBackups,
  },
  {
    ...logs,
    name: "database-backup-old",
    window: "15m",
    measures: "Hours since the last good full backup",
    query: `${data.event("backup_age", "kind", "hours")} | where kind = "full" | max(hours) as hours by _sourceHost`,
    field: "hours",
    limits: stack.settings.monitoring.thresholds.backupHours,
  },
  {
    ...logs,
    name: "database-restore-untested",
    window: "15m",
    measures: "Hours since a restore of the backups was last tested with success",
    query: `${data.event("backup_age", "kind", "hours")} | where kind = "restore-test" | max(hours) as hours by _sourceHost`,
    field: "hours",
    limits: stack.settings.monitoring.thresholds.restoreTestHours,
  },
];

/** What every new server begins with is no alarm: it counts where it lasts. */
function primaryReplica({ settings }: Stack, data: MonitoringData): LogMonitor[] {
  const replicas = serverCount(settings, "db") - 1;
  const lag: LogMonitor = {
    ...logs,
    name: "database-lag",
    measures: "How far a replica stays behind the writer, in seconds; a day where it has stopped",
    query: `${data.event("replica", "replicating", "lag_seconds")} | if(replicating = "true", lag_seconds, 86400) as lag | min(lag) as lag by _sourceHost`,
    field: "lag",
    limits: settings.monitoring.thresholds.replicaLagSeconds,
  };
  const unacknowledged: LogMonitor = {
    ...logs,
    name: "database-unacknowledged",
    measures:
      "Replicas that acknowledge the writer's commits (0 where it waits for none), the most in five minutes; without one, writes wait",
    query: `${data.event("writer", "semi_sync", "replicas")} | if(semi_sync = "true", replicas, 0) as acknowledging | max(acknowledging) as replicas by _sourceHost`,
    field: "replicas",
    falling: true,
    // Warns when one is missing, and alerts when none is left.
    limits: { warning: replicas - 1, critical: 0 },
  };
  return replicas > 0 ? [lag, unacknowledged] : [];
}

/** What every new node begins with is no alarm either. */
function cluster({ settings }: Stack, data: MonitoringData): LogMonitor[] {
  const nodes = serverCount(settings, "db");
  return [
    {
      ...logs,
      name: "database-cluster-size",
      measures:
        "Nodes of the cluster that a node works with, itself among them, the most in five minutes; 0 where it takes no queries",
      query: `${data.event("cluster", "size", "ready")} | if(ready = "true", size, 0) as working | max(working) as nodes by _sourceHost`,
      field: "nodes",
      falling: true,
      // Warns when one is missing, and alerts when those left are no majority.
      limits: { warning: nodes - 1, critical: Math.floor(nodes / 2) },
    },
    {
      ...logs,
      name: "database-flow-control",
      measures: "Share of the time that a node waited for a slower one, in percent",
      query: `${data.event("cluster", "flow_control_paused")} | 100 * flow_control_paused as percent | max(percent) as percent by _sourceHost`,
      field: "percent",
      limits: settings.monitoring.thresholds.flowControlPercent,
    },
  ];
}
