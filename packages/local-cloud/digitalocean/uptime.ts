import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { slack } from "./alerts";
import { found, page } from "./answers";
import { targetsOf } from "./balancers";
import type { Cloud } from "./cloud";
import { list, parse } from "./input";

const regionNames = ["us_east", "us_west", "eu_west", "se_asia"] as const;

const check = z.object({
  name: z.string().min(1, "can't be blank"),
  type: z.enum(["ping", "http", "https"], "must be one of ping, http, https").default("http"),
  target: z.string().min(1, "can't be blank"),
  regions: list(z.enum(regionNames, `must be among ${regionNames.join(", ")}`)),
  enabled: z.boolean().default(true),
});

const alert = z.object({
  name: z.string().min(1, "can't be blank"),
  type: z.enum(
    ["latency", "down", "down_global", "ssl_expiry"],
    "must be one of latency, down, down_global, ssl_expiry",
  ),
  threshold: z
    .int()
    .min(0)
    .nullish()
    .transform((value) => value ?? 0),
  comparison: z.enum(["", "greater_than", "less_than"], "must be greater_than or less_than").default(""),
  notifications: z.object({ email: list(z.email("must be e-mail addresses")), slack: list(slack) }),
  period: z
    .enum(["", "2m", "3m", "5m", "10m", "15m", "30m", "1h"], "must be one of 2m, 3m, 5m, 10m, 15m, 30m, 1h")
    .default(""),
});

/** An uptime check as the API shows it. */
export interface Check extends z.output<typeof check> {
  readonly id: string;
}

export interface CheckAlert extends z.output<typeof alert> {
  readonly id: string;
  readonly check: string;
}

type ById = { Params: { id: string } };
type ByAlert = { Params: { id: string; alert: string } };

export function addUptime(app: FastifyInstance, cloud: Cloud): void {
  const { checks, checkAlerts } = cloud;
  const one = (id: string) => found(checks.get(id));
  const alertOf = ({ id, alert }: ByAlert["Params"]) => {
    const known = checkAlerts.get(alert);
    return found(known?.check === id ? known : undefined);
  };

  app.get("/v2/uptime/checks", (request) => page(request, "checks", checks.list(), (item) => item));
  app.post("/v2/uptime/checks", (request, reply) => {
    const id = randomUUID();
    return reply.status(201).send({ check: checks.put(id, { id, ...parse(check, request.body) }) });
  });
  app.get<ById>("/v2/uptime/checks/:id", (request) => ({ check: one(request.params.id) }));
  app.put<ById>("/v2/uptime/checks/:id", (request) => {
    const before = one(request.params.id);
    const change = parse(check, { ...before, ...Object(request.body) });
    return { check: checks.put(before.id, { id: before.id, ...change }) };
  });
  app.delete<ById>("/v2/uptime/checks/:id", (request, reply) => {
    const { id } = one(request.params.id);
    for (const known of checkAlerts.list()) if (known.check === id) checkAlerts.delete(known.id);
    checks.delete(id);
    return reply.status(204).send();
  });
  app.get<ById>("/v2/uptime/checks/:id/state", (request) => state(cloud, one(request.params.id)));

  app.get<ById>("/v2/uptime/checks/:id/alerts", (request) => {
    const { id } = one(request.params.id);
    return page(
      request,
      "alerts",
      checkAlerts.list().filter((known) => known.check === id),
      showAlert,
    );
  });
  app.post<ById>("/v2/uptime/checks/:id/alerts", (request, reply) => {
    const of = one(request.params.id).id;
    const id = randomUUID();
    const made = checkAlerts.put(id, { id, check: of, ...parse(alert, request.body) });
    return reply.status(201).send({ alert: showAlert(made) });
  });
  app.get<ByAlert>("/v2/uptime/checks/:id/alerts/:alert", (request) => ({
    alert: showAlert(alertOf(request.params)),
  }));
  app.put<ByAlert>("/v2/uptime/checks/:id/alerts/:alert", (request) => {
    const before = alertOf(request.params);
    const change = parse(alert, { ...before, ...Object(request.body) });
    return {
      alert: showAlert(checkAlerts.put(before.id, { id: before.id, check: before.check, ...change })),
    };
  });
  app.delete<ByAlert>("/v2/uptime/checks/:id/alerts/:alert", (request, reply) => {
    checkAlerts.delete(alertOf(request.params).id);
    return reply.status(204).send();
  });
}

/** What an alert of its type doesn't have is left out. */
function showAlert({ check, comparison, period, ...rest }: CheckAlert) {
  return { ...rest, ...(comparison ? { comparison } : {}), ...(period ? { period } : {}) };
}

async function state(cloud: Cloud, check: Check) {
  const up = check.enabled ? await reaches(cloud, check.target) : undefined;
  const status = up === undefined ? "CHECKING" : up ? "UP" : "DOWN";
  const region = {
    status,
    status_changed_at: cloud.core.clock.stamp(),
    thirty_day_uptime_percentage: up === false ? 0 : 100,
  };
  const watched = check.regions.length > 0 ? check.regions : (["us_east", "eu_west"] as const);
  return {
    state: { regions: Object.fromEntries(watched.map((name) => [name, region])), previous_outage: {} },
  };
}

/** Whether a target is served: its name leads by the account's records to a balancer with a fit droplet. Unknown elsewhere. */
async function reaches(cloud: Cloud, target: string): Promise<boolean | undefined> {
  const host = URL.canParse(target) ? new URL(target).hostname : target;
  const record = cloud.records.find(
    ({ type, name, domain }) => type === "A" && (name === "@" ? domain : `${name}.${domain}`) === host,
  );
  const balancer = cloud.balancers.find(({ address }) => address === (record?.data ?? host));
  if (!balancer) return undefined;
  const health = await cloud.machines.health(balancer.id, targetsOf(cloud, balancer));
  return [...health.values()].some(Boolean);
}
