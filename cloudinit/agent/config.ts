import { mounts } from "../mounts";
import { statusPort } from "../ports";
import type { ServerSpec, SourceCategory } from "../server";

interface Component {
  readonly [option: string]: unknown;
}

/** What is collected for one category, by receivers' names. */
interface Collection {
  readonly signal: "logs" | "metrics";
  readonly receivers: Readonly<Record<string, Component>>;
}

/** Where the agent tells whether it is well; on the loopback interface. */
export const agentHealthPort = 13133;

/** The agent's configuration: for each category its receivers, its exporter and its pipeline. */
export function config(spec: ServerSpec, memoryMib: number): Component {
  const categories = Object.entries(spec.sources).map(([category, url]) => {
    const { signal, receivers } = collections[category as SourceCategory](spec);
    const exporter = `otlp_http/${category}`;
    return {
      receivers,
      exporters: { [exporter]: sender(url) },
      pipelines: {
        [`${signal}/${category}`]: {
          receivers: Object.keys(receivers),
          processors: ["memory_limiter", "resource"],
          exporters: [exporter],
        },
      },
    };
  });
  return {
    extensions: {
      file_storage: { directory: "/var/lib/agent" },
      health_check: { endpoint: `127.0.0.1:${agentHealthPort}` },
    },
    receivers: Object.assign({}, ...categories.map(({ receivers }) => receivers)),
    processors: {
      memory_limiter: { check_interval: "1s", limit_mib: memoryMib },
      resource: { attributes: identity(spec) },
    },
    exporters: Object.assign({}, ...categories.map(({ exporters }) => exporters)),
    service: {
      extensions: ["file_storage", "health_check"],
      pipelines: Object.assign({}, ...categories.map(({ pipelines }) => pipelines)),
      telemetry: { metrics: { level: "none" } },
    },
  };
}

/**
 * The queue is on disk, and where it is full reading waits. It is sent without end as long as nobody takes it (429, 502,
 * 503, 504); what is refused is dropped.
 */
const sender = (endpoint: string): Component => ({
  endpoint,
  compression: "gzip",
  sending_queue: {
    storage: "file_storage",
    block_on_overflow: true,
    batch: { sizer: "items", flush_timeout: "1s", min_size: 1000, max_size: 5000 },
  },
  retry_on_failure: { initial_interval: "1s", max_interval: "30s", max_elapsed_time: "0s" },
});

const identity = ({ name, project, stack, environment, roles }: ServerSpec) =>
  Object.entries({
    "host.name": name,
    "deployment.environment": environment,
    "service.namespace": project,
    stack,
    role: roles.join("-"),
  }).map(([key, value]) => ({ key, value, action: "upsert" }));

const files = (name: string, paths: readonly string[], operators: readonly Component[] = []): Collection => ({
  signal: "logs",
  receivers: {
    [`filelog/${name}`]: {
      // With what was rotated while the agent was away; it knows by its beginning what it has read of a file.
      include: paths.flatMap((path) => [path, `${path}.1`]),
      // A message with attributes is stored as JSON around the line, and the queries would not find its fields.
      include_file_name: false,
      operators,
      start_at: "beginning",
      storage: "file_storage",
      retry_on_failure: untilDone,
    },
  },
});

/** A line counts for when it was written, however late it is read or sent. */
const ownTime: readonly Component[] = [
  {
    type: "regex_parser",
    regex: '^{"epoch":(?P<epoch>[0-9.]+),',
    on_error: "send_quiet",
    timestamp: { parse_from: "attributes.epoch", layout_type: "epoch", layout: "s.ms" },
  },
  { type: "remove", field: "attributes.epoch", on_error: "send_quiet" },
];

/** What queries need of a message of the journal; all of it would be five times as long. */
const journalFields = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_TRANSPORT"];

/** @param without units whose messages are left out. */
const journal = (name: string, filter: Component, without: readonly string[]): Collection => ({
  signal: "logs",
  receivers: {
    [`journald/${name}`]: {
      ...filter,
      operators: [
        ...without.map((unit) => ({ type: "filter", expr: `body._SYSTEMD_UNIT == "${unit}"` })),
        { type: "retain", fields: journalFields.map((field) => `body.${field}`) },
      ],
      // The boots before this one too, whose end was perhaps not sent.
      merge: true,
      start_at: "beginning",
      storage: "file_storage",
      retry_on_failure: untilDone,
    },
  },
});

const untilDone = { enabled: true, max_elapsed_time: "0s" };

const interval = "15s";

/** The database that this server's agent asks for its counters: its own, or the managed one if it is elected. */
function database({ roles, database, readsManagedDatabase }: ServerSpec): Component | undefined {
  if (roles.includes("db"))
    return { endpoint: "/run/mysqld/mysqld.sock", transport: "unix", username: "agent" };
  if (database.mode !== "managed" || !readsManagedDatabase) return undefined;
  const { host, port, user, password } = database;
  const tls = { ca_file: "/etc/tls/database-authority.pem", server_name_override: host };
  return { endpoint: `${host}:${port}`, transport: "tcp", username: user, password, tls };
}

/** Those that the receiver leaves out by itself. */
const databaseMetrics = [
  "mysql.commands",
  "mysql.connection.count",
  "mysql.connection.errors",
  "mysql.max_used_connections",
  "mysql.query.count",
  "mysql.query.slow.count",
];

const collections: Readonly<Record<SourceCategory, (spec: ServerSpec) => Collection>> = {
  "nginx-access": () => files("nginx-access", ["/var/log/nginx/access.log"], ownTime),
  "nginx-error": () => files("nginx-error", ["/var/log/nginx/error.log"]),
  app: () => journal("app", { units: ["app.service"] }, []),
  database: () => files("database", ["/var/log/mysql/error.log", "/var/log/mysql/slow.log"]),
  // The application has a category of its own, and the agent would tell of what it sends without end.
  system: () => journal("system", {}, ["app.service", "agent.service"]),
  metrics: (spec) => ({
    signal: "metrics",
    receivers: {
      hostmetrics: {
        collection_interval: interval,
        scrapers: {
          cpu: utilization("system.cpu.utilization"),
          memory: utilization("system.memory.utilization"),
          filesystem: {
            ...utilization("system.filesystem.utilization"),
            // A container's root is one of those.
            include_virtual_filesystems: true,
            include_mount_points: { mount_points: mounts(spec), match_type: "strict" },
          },
          load: {},
          disk: { exclude: { devices: [partsOfDisks], match_type: "regexp" } },
          network: { exclude: { interfaces: ["lo"], match_type: "strict" } },
          paging: {},
        },
      },
      ...(spec.roles.includes("web") && {
        nginx: { endpoint: `http://127.0.0.1:${statusPort}/status`, collection_interval: interval },
      }),
      ...(database(spec) && {
        mysql: {
          ...database(spec),
          collection_interval: interval,
          metrics: Object.fromEntries(databaseMetrics.map((metric) => [metric, { enabled: true }])),
        },
      }),
    },
  }),
};

/** What is on a disk, or in memory, and would be counted twice. */
const partsOfDisks = "^([sv]d[a-z]+|loop|ram|zram|dm-)[0-9]+$";

const utilization = (metric: string) => ({ metrics: { [metric]: { enabled: true } } });
