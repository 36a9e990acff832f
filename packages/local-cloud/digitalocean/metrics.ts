import type { FastifyInstance } from "fastify";
import { found, invalid } from "./answers";
import { targetsOf } from "./balancers";
import { findSize } from "./catalog/sizes";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";

type Window = { start?: string; end?: string };
type OfDroplet = { Querystring: Window & { host_id?: string; interface?: string; direction?: string } };
type OfBalancer = { Querystring: Window & { lb_id?: string } };
type Series = { readonly metric: Readonly<Record<string, string>>; readonly value: number };

/** One sample a minute; at most as many as a day has. */
const stepSeconds = 60;
const maxSamples = 1440;

const balancerWide = [
  "frontend_connections_current",
  "frontend_connections_limit",
  "frontend_cpu_utilization",
  "frontend_firewall_dropped_bytes",
  "frontend_firewall_dropped_packets",
  "frontend_http_requests_per_second",
  "frontend_http_responses",
  "frontend_network_throughput_http",
  "frontend_network_throughput_tcp",
  "frontend_network_throughput_udp",
  "frontend_nlb_tcp_network_throughput",
  "frontend_nlb_udp_network_throughput",
  "frontend_tls_connections_current",
  "frontend_tls_connections_exceeding_rate_limit",
  "frontend_tls_connections_limit",
];
const perDroplet = [
  "droplets_connections",
  "droplets_http_responses",
  "droplets_http_response_time_50p",
  "droplets_http_response_time_95p",
  "droplets_http_response_time_99p",
  "droplets_http_response_time_avg",
  "droplets_http_session_duration_50p",
  "droplets_http_session_duration_95p",
  "droplets_http_session_duration_avg",
  "droplets_queue_size",
];
/** Connections a unit of a balancer takes, in all and new TLS ones a second. */
const limits: Readonly<Record<string, number>> = {
  frontend_connections_limit: 10_000,
  frontend_tls_connections_limit: 250,
};

/** Metrics as far as the local cloud knows them: sizes and health are true, what nothing measures is 0. */
export function addMetrics(app: FastifyInstance, cloud: Cloud): void {
  const base = "/v2/monitoring/metrics";
  for (const [name, series] of Object.entries(dropletSeries)) {
    app.get<OfDroplet>(`${base}/droplet/${name}`, (request) => {
      const droplet = found(cloud.droplets.get(request.query.host_id ?? ""));
      const measured = droplet.status === "active" && droplet.features.includes("monitoring");
      const labels = { host_id: String(droplet.id) };
      const known = measured
        ? series(droplet, request.query).map((one) => ({ ...one, metric: { ...labels, ...one.metric } }))
        : [];
      return matrix(request.query, known);
    });
  }
  const balancer = (id: string | undefined) => found(cloud.balancers.get(id ?? ""));
  for (const name of balancerWide) {
    app.get<OfBalancer>(`${base}/load_balancer/${name}`, (request) => {
      const { id, size_unit } = balancer(request.query.lb_id);
      return matrix(request.query, [{ metric: { lb_id: id }, value: (limits[name] ?? 0) * size_unit }]);
    });
  }
  for (const name of perDroplet) {
    app.get<OfBalancer>(`${base}/load_balancer/${name}`, (request) => {
      const one = balancer(request.query.lb_id);
      return matrix(
        request.query,
        targetsOf(cloud, one).map((id) => ({ metric: { lb_id: one.id, droplet_id: String(id) }, value: 0 })),
      );
    });
  }
  const health = (name: string, value: (fit: boolean) => number) =>
    app.get<OfBalancer>(`${base}/load_balancer/${name}`, async (request) => {
      const one = balancer(request.query.lb_id);
      const targets = targetsOf(cloud, one);
      const verdicts = await cloud.machines.health(one.id, targets);
      const series = targets.map((id) => ({
        metric: { lb_id: one.id, droplet_id: String(id) },
        value: value(verdicts.get(id) ?? false),
      }));
      return matrix(request.query, series);
    });
  health("droplets_health_checks", (fit) => (fit ? 1 : 0));
  health("droplets_downtime", (fit) => (fit ? 0 : 1));
}

const gib = 2 ** 30;
const one = (value: number): Series[] => [{ metric: {}, value }];
const memory = (droplet: Droplet) => (findSize(droplet.size)?.memory ?? 0) * 2 ** 20;

const dropletSeries: Readonly<
  Record<string, (droplet: Droplet, query: OfDroplet["Querystring"]) => Series[]>
> = {
  bandwidth: (_, { interface: name = "", direction = "" }) => [
    { metric: { interface: name, direction }, value: 0 },
  ],
  cpu: () => ["idle", "iowait", "system", "user"].map((mode) => ({ metric: { mode }, value: 0 })),
  filesystem_free: ({ disk }) => [{ metric: root, value: disk * gib }],
  filesystem_size: ({ disk }) => [{ metric: root, value: disk * gib }],
  load_1: () => one(0),
  load_5: () => one(0),
  load_15: () => one(0),
  memory_available: (droplet) => one(memory(droplet)),
  memory_cached: () => one(0),
  memory_free: (droplet) => one(memory(droplet)),
  memory_total: (droplet) => one(memory(droplet)),
};
const root = { device: "/dev/vda1", fstype: "ext4", mountpoint: "/" };

function matrix({ start, end }: Window, series: readonly Series[]) {
  const [from, to] = [Number(start), Number(end)];
  if (!start || !end || !(from <= to))
    throw invalid("start and end are required, as UNIX timestamps with start before end");
  const step = Math.max(stepSeconds, Math.ceil((to - from) / maxSamples));
  const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) =>
    Math.round(from + at * step),
  );
  const result = series.map(({ metric, value }) => ({
    metric,
    values: times.map((time) => [time, String(value)]),
  }));
  return { status: "success", data: { resultType: "matrix", result } };
}
