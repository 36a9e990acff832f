import type { Request } from "./sent";
import { type Activity, changed, healthy } from "./server";

/** So many requests, the first ones of them bad. */
export const requests = (count: number, bad: number, fault: Request): Request[] =>
  Array.from({ length: count }, (_, index) => (index < bad ? fault : {}));

/** What a server does in the last five minutes, and which alerts that fires; each is of the faulty server alone. */
export interface Fault {
  readonly what: string;
  readonly activity: Activity;
  readonly fires: Readonly<Record<string, "Warning" | "Critical" | "MissingData">>;
}

const service = (unit: string): Partial<Activity> => ({
  events: { service: [{ event: "service", unit, active: false }] },
});
export const quiet: Activity = { events: {}, gauges: {}, counters: {}, requests: [], logins: [] };

/** Faults that a server of any stack may have. */
export const faults: readonly Fault[] = [
  {
    what: "fifty requests a minute of the sixty that it carries",
    activity: changed({ requests: requests(50, 0, {}) }),
    fires: { "web-qps-near-capacity": "Warning" },
  },
  {
    what: "a 500 for one request in fifteen",
    activity: changed({ requests: requests(15, 1, { status: 500, upstream_status: 500 }) }),
    fires: { "web-server-errors": "Critical" },
  },
  {
    what: "a 404 for two requests in fifteen",
    activity: changed({ requests: requests(15, 2, { status: 404 }) }),
    fires: { "web-client-errors": "Warning" },
  },
  {
    what: "a 503 of haproxy's own for two requests in fifteen",
    activity: changed({
      requests: requests(15, 2, { status: 503, upstream_status: 503, upstream_http_x_app_address: "" }),
    }),
    fires: { "web-server-errors": "Critical", "web-upstream-down": "Critical" },
  },
  {
    what: "0.6 s for two requests in fifteen",
    activity: changed({ requests: requests(15, 2, { request_time: 0.6 }) }),
    fires: { "web-latency": "Warning" },
  },
  {
    what: "nginx stopped",
    activity: changed(service("nginx.service")),
    fires: { "web-nginx-down": "Critical" },
  },
  {
    what: "the application stopped",
    activity: changed(service("app.service")),
    fires: { "app-down": "Critical" },
  },
  {
    what: "haproxy stopped",
    activity: changed(service("haproxy.service")),
    fires: { "host-service-down": "Critical" },
  },
  {
    what: "a unit failed",
    activity: changed({ events: { units: [{ event: "units", failed: ["certbot.service"], count: 1 }] } }),
    fires: { "host-unit-failed": "Warning" },
  },
  {
    what: "processors pinned",
    activity: changed({
      gauges: {
        "system.cpu.utilization[cpu=cpu0][state=idle]": 0.01,
        "system.cpu.utilization[cpu=cpu1][state=idle]": 0.02,
      },
    }),
    fires: { "host-cpu": "Critical" },
  },
  {
    what: "memory nearly used up",
    activity: changed({ gauges: { "system.memory.utilization[state=used]": 0.85 } }),
    fires: { "host-memory": "Warning" },
  },
  {
    what: "a disk filled",
    activity: changed({ gauges: { "system.filesystem.utilization[mountpoint=/srv/database]": 0.91 } }),
    fires: { "host-disk-full": "Critical" },
  },
  {
    what: "a file system read-only",
    activity: changed({
      events: { filesystem: [{ event: "filesystem", mount: "/", read_only: true, used_percent: 40 }] },
    }),
    fires: { "host-read-only": "Critical" },
  },
  {
    what: "the clock slow by a second",
    activity: changed({ events: { clock: [{ event: "clock", offset_seconds: -1, synchronised: true }] } }),
    fires: { "host-clock": "Warning" },
  },
  {
    what: "a clock that has lost its sources",
    activity: changed({
      events: { clock: [{ event: "clock", offset_seconds: 0.01, synchronised: false }] },
    }),
    fires: { "host-clock": "Warning" },
  },
  {
    what: "a certificate with five days left",
    activity: changed({
      events: {
        certificate: [{ event: "certificate", path: "/etc/tls/old.pem", name: "old", days_left: 5 }],
      },
    }),
    fires: { "host-certificate": "Critical" },
  },
  {
    what: "three guesses a minute",
    activity: changed({
      logins: Array.from(
        { length: 3 },
        () => "Disconnected from invalid user root 198.51.100.7 port 4711 [preauth]",
      ),
    }),
    fires: { "host-ssh-guesses": "Warning" },
  },
  {
    what: "an agent that is unwell",
    activity: changed({
      events: { agent: [{ event: "agent", healthy: false, memory_bytes: 0, cpu_seconds: 0 }] },
    }),
    fires: { "agent-unhealthy": "Critical" },
  },
  {
    what: "a server gone",
    activity: quiet,
    fires: { "agent-silent": "MissingData", "agent-unhealthy": "MissingData" },
  },
  {
    what: "six slow queries a minute",
    activity: changed({ counters: { "mysql.query.slow.count": 6 } }),
    fires: { "database-slow-queries": "Warning" },
  },
  {
    what: "a connection refused every minute",
    activity: changed({ counters: { "mysql.connection.errors[error=max_connections]": 1 } }),
    fires: { "database-refused-connections": "Warning" },
  },
  {
    what: "twenty-five connections aborted a minute",
    activity: changed({ counters: { "mysql.connection.errors[error=aborted]": 25 } }),
    fires: { "database-aborted-connections": "Critical" },
  },
];

/** Faults of a database that the servers run themselves. */
export const databaseFaults: readonly Fault[] = [
  {
    what: "the database stopped",
    activity: changed(service("mariadb.service")),
    fires: { "database-down": "Critical" },
  },
  {
    what: "backups that fail",
    activity: changed({
      events: { backup: [{ event: "backup", kind: "binlog", ok: false, seconds: 1, bytes: 0 }] },
    }),
    fires: { "database-backup-failed": "Critical" },
  },
  {
    what: "a backup missed",
    activity: changed({ events: { backup_age: [{ event: "backup_age", kind: "full", hours: 30 }] } }),
    fires: { "database-backup-old": "Warning" },
  },
  {
    what: "no restore tested for ten days",
    activity: changed({
      events: { backup_age: [{ event: "backup_age", kind: "restore-test", hours: 240 }] },
    }),
    fires: { "database-restore-untested": "Warning" },
  },
];

/** Faults of a writer and its replicas. */
export const replicaFaults: readonly Fault[] = [
  {
    what: "a replica 20 seconds behind",
    activity: changed({ events: { replica: [{ event: "replica", replicating: true, lag_seconds: 20 }] } }),
    fires: { "database-lag": "Warning" },
  },
  {
    what: "a replica that has stopped",
    activity: changed({ events: { replica: [{ event: "replica", replicating: false, lag_seconds: 0 }] } }),
    fires: { "database-lag": "Critical" },
  },
  {
    what: "a writer with one of two replicas",
    activity: changed({ events: { writer: [{ event: "writer", semi_sync: true, replicas: 1 }] } }),
    fires: { "database-unacknowledged": "Warning" },
  },
  {
    what: "a writer without replicas",
    activity: changed({ events: { writer: [{ event: "writer", semi_sync: true, replicas: 0 }] } }),
    fires: { "database-unacknowledged": "Critical" },
  },
  {
    what: "a writer that waits for none of its replicas",
    activity: changed({ events: { writer: [{ event: "writer", semi_sync: false, replicas: 2 }] } }),
    fires: { "database-unacknowledged": "Critical" },
  },
];

const node = (size: number, ready = true, flow_control_paused = 0) =>
  changed({ events: { cluster: [{ event: "cluster", size, ready, flow_control_paused }] } });

/** Faults of a cluster of three. */
export const clusterFaults: readonly Fault[] = [
  { what: "a node that sees one other", activity: node(2), fires: { "database-cluster-size": "Warning" } },
  { what: "a node cut off", activity: node(1, false), fires: { "database-cluster-size": "Critical" } },
  {
    what: "a node that waits a fifth of its time",
    activity: node(3, true, 0.2),
    fires: { "database-flow-control": "Warning" },
  },
];

/** What becomes of a managed database. */
export const managedFaults: readonly Fault[] = [
  {
    what: "no figures of the database",
    activity: { ...healthy, counters: {} },
    fires: { "database-down": "MissingData" },
  },
];
