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
      health_check: { endpoint: "127.0.0.1:13133" },
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

/** Nothing is given up: the queue is on disk, it is sent without end, and where it is full reading waits. */
const sender = (endpoint: string): Component => ({
  endpoint,
  compression: "gzip",
  sending_queue: { storage: "file_storage", block_on_overflow: true },
  retry_on_failure: { max_elapsed_time: "0s" },
});

const identity = ({ name, project, stack, environment, roles }: ServerSpec) =>
  Object.entries({
    "host.name": name,
    "deployment.environment": environment,
    "service.namespace": project,
    stack,
    role: roles.join("-"),
  }).map(([key, value]) => ({ key, value, action: "upsert" }));

const files = (name: string, ...include: string[]): Collection => ({
  signal: "logs",
  receivers: {
    [`filelog/${name}`]: {
      include,
      // A message with attributes is stored as JSON around the line, and the queries would not find its fields.
      include_file_name: false,
      start_at: "beginning",
      storage: "file_storage",
      retry_on_failure: untilDone,
    },
  },
});

const journal = (name: string, filter: Component): Collection => ({
  signal: "logs",
  receivers: {
    [`journald/${name}`]: {
      ...filter,
      // The boots before this one too, whose end was perhaps not sent.
      merge: true,
      start_at: "beginning",
      storage: "file_storage",
      retry_on_failure: untilDone,
    },
  },
});

const untilDone = { enabled: true, max_elapsed_time: "0s" };

const collections: Readonly<Record<SourceCategory, (spec: ServerSpec) => Collection>> = {
  "nginx-access": () => files("nginx-access", "/var/log/nginx/access.log"),
  "nginx-error": () => files("nginx-error", "/var/log/nginx/error.log"),
  app: () => journal("app", { units: ["app.service"] }),
  database: () => files("database", "/var/log/mysql/error.log", "/var/log/mysql/slow.log"),
  system: () =>
    journal("system", { matches: ["kernel", "syslog", "journal"].map((from) => ({ _TRANSPORT: from })) }),
  metrics: ({ roles }) => ({
    signal: "metrics",
    receivers: {
      hostmetrics: {
        collection_interval: "15s",
        scrapers: {
          cpu: utilization("system.cpu.utilization"),
          memory: utilization("system.memory.utilization"),
          filesystem: utilization("system.filesystem.utilization"),
          load: {},
          disk: {},
          network: {},
          paging: {},
        },
      },
      ...(roles.includes("web") && {
        nginx: { endpoint: `http://127.0.0.1:${statusPort}/status`, collection_interval: "15s" },
      }),
    },
  }),
};

const utilization = (metric: string) => ({ metrics: { [metric]: { enabled: true } } });
