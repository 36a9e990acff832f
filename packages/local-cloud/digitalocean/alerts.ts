import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, page } from "./answers";
import type { Cloud } from "./cloud";
import { list, parse } from "./input";

export const slack = z.object({ url: z.url("must be a URL"), channel: z.string().min(1, "can't be blank") });

const types = [
  ...["load_1", "load_5", "load_15", "memory_utilization_percent", "disk_utilization_percent", "cpu"].map(
    droplet,
  ),
  ...["disk_read", "disk_write", "public_outbound_bandwidth", "public_inbound_bandwidth"].map(droplet),
  ...["private_outbound_bandwidth", "private_inbound_bandwidth"].map(droplet),
  ...["avg_cpu_utilization_percent", "connection_utilization_percent", "droplet_health"].map(balancer),
  ...["tls_connections_per_second_utilization_percent", "high_http_request_response_time"].map(balancer),
  ...["increase_in_http_error_rate_percentage_5xx", "increase_in_http_error_rate_percentage_4xx"].map(
    balancer,
  ),
  ...["increase_in_http_error_rate_count_5xx", "increase_in_http_error_rate_count_4xx"].map(balancer),
  ...["50p", "95p", "99p"].map((share) => balancer(`high_http_request_response_time_${share}`)),
  ...["load_15_alerts", "memory_utilization_alerts", "disk_utilization_alerts", "cpu_alerts"].map(database),
  ...["current_instances", "target_instances", "current_cpu_utilization", "target_cpu_utilization"].map(
    autoscale,
  ),
  ...["current_memory_utilization", "target_memory_utilization", "scale_up", "scale_down"].map(autoscale),
];

const policy = z.object({
  type: z.enum(types, "is not a valid alert type"),
  description: z.string(),
  compare: z.enum(["GreaterThan", "LessThan"], "must be GreaterThan or LessThan"),
  value: z.number().min(0, "must not be negative"),
  window: z.enum(["5m", "10m", "30m", "1h"], "must be one of 5m, 10m, 30m, 1h"),
  entities: list(z.string()),
  tags: list(z.string()),
  alerts: z
    .object({ email: list(z.email("must be e-mail addresses")), slack: list(slack) })
    .refine(
      ({ email, slack }) => email.length + slack.length > 0,
      "must have at least one e-mail address or Slack channel",
    ),
  enabled: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});

/** An alert policy as the API shows it. */
export interface Policy extends z.output<typeof policy> {
  readonly uuid: string;
}

type ById = { Params: { uuid: string } };

export function addAlerts(app: FastifyInstance, { policies }: Cloud): void {
  const one = (request: { params: ById["Params"] }) => found(policies.get(request.params.uuid));
  app.get("/v2/monitoring/alerts", (request) => page(request, "policies", policies.list(), (item) => item));
  app.post("/v2/monitoring/alerts", (request) => {
    const uuid = randomUUID();
    return { policy: policies.put(uuid, { uuid, ...parse(policy, request.body) }) };
  });
  app.get<ById>("/v2/monitoring/alerts/:uuid", (request) => ({ policy: one(request) }));
  app.put<ById>("/v2/monitoring/alerts/:uuid", (request) => {
    const { uuid } = one(request);
    return { policy: policies.put(uuid, { uuid, ...parse(policy, request.body) }) };
  });
  app.delete<ById>("/v2/monitoring/alerts/:uuid", (request, reply) => {
    policies.delete(one(request).uuid);
    return reply.status(204).send();
  });
}

function droplet(name: string): string {
  return `v1/insights/droplet/${name}`;
}

function balancer(name: string): string {
  return `v1/insights/lbaas/${name}`;
}

function database(name: string): string {
  return `v1/dbaas/alerts/${name}`;
}

function autoscale(name: string): string {
  return `v1/droplet/autoscale_alerts/${name}`;
}
