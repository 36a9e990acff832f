import type { MonitoringData } from "../monitoring-data";
import { type DashboardMaker, logs, metrics, over, type Panel } from "./panel";

/** The database: what it does, what holds it up, and the state of its replication or its cluster. */
export const databaseDashboard: DashboardMaker = (data, { settings }) => {
  const { mode } = settings.database;
  return {
    title: "Database",
    description: "What the database does, what holds it up, and whether its copies keep up.",
    panels: [
      metrics(
        "line",
        "queries",
        "Statements a second, by server",
        `${data.metric("mysql.query.count")} | rate counter | sum by host.name`,
      ),
      metrics(
        "area",
        "commands",
        "Statements a second, by kind",
        `${data.metric("mysql.commands")} | rate counter | sum by command`,
      ),
      metrics(
        "line",
        "slow",
        "Slow statements a minute, by server",
        `${data.metric("mysql.query.slow.count")} | rate counter over 1m | sum by host.name | eval 60 * _value`,
      ),
      metrics(
        "line",
        "connections",
        "Connections, by server",
        `${data.metric("mysql.threads", "kind=connected")} | max by host.name`,
      ),
      metrics(
        "line",
        "connection-errors",
        "Connections that failed a minute, by cause",
        `${data.metric("mysql.connection.errors")} | rate counter over 1m | sum by error | eval 60 * _value`,
      ),
      metrics("line", "buffer-pool", "Buffer pool: reads a second from memory and from disk", [
        `${data.metric("mysql.buffer_pool.operations", "operation=read_requests")} | rate counter | sum by operation`,
        `${data.metric("mysql.buffer_pool.operations", "operation=reads")} | rate counter | sum by operation`,
      ]),
      ...(mode === "managed" ? [] : ownPanels(data)),
      ...(mode === "primary-replica" ? replicaPanels(data) : []),
      ...(mode === "cluster" ? clusterPanels(data) : []),
    ],
  };
};

const ownPanels = (data: MonitoringData): Panel[] => [
  logs(
    "line",
    "slow-seconds",
    "Slowest statement, by server",
    `${data.logs("database")} Query_time | parse regex "Query_time: (?<seconds>[\\d.]+)" | timeslice 1m | max(seconds) as slowest by _timeslice, _sourceHost | ${over("_sourceHost")}`,
    "s",
  ),
  logs(
    "table",
    "backups",
    "Backups, by kind",
    `${data.event("backup", "kind", "ok", "seconds", "bytes")} | if(ok = "true", 1, 0) as good | sum(good) as good, count as all, max(seconds) as seconds, max(bytes) as bytes by kind`,
  ),
  logs(
    "line",
    "backup-age",
    "Hours since the last good backup, by kind",
    `${data.event("backup_age", "kind", "hours")} | timeslice 1m | max(hours) as hours by _timeslice, kind | ${over("kind")}`,
    "h",
  ),
];

const replicaPanels = (data: MonitoringData): Panel[] => [
  logs(
    "line",
    "writers",
    "Writers: replicas that acknowledge",
    `${data.event("writer", "replicas")} | timeslice 1m | min(replicas) as replicas by _timeslice, _sourceHost | ${over("_sourceHost")}`,
  ),
  logs(
    "line",
    "lag",
    "Replicas: how far behind",
    `${data.event("replica", "lag_seconds")} | timeslice 1m | max(lag_seconds) as lag by _timeslice, _sourceHost | ${over("_sourceHost")}`,
    "s",
  ),
];

const clusterPanels = (data: MonitoringData): Panel[] => [
  logs(
    "line",
    "nodes",
    "Nodes that each node sees",
    `${data.event("cluster", "size")} | timeslice 1m | min(size) as nodes by _timeslice, _sourceHost | ${over("_sourceHost")}`,
  ),
  logs(
    "line",
    "flow-control",
    "Flow control: time that each node waited for a slower one",
    `${data.event("cluster", "flow_control_paused")} | timeslice 1m | max(flow_control_paused) as share by _timeslice, _sourceHost | 100 * share as percent | fields - share | ${over("_sourceHost")}`,
    "%",
  ),
];
