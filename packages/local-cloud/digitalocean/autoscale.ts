import { randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";
import { checkDroplet, dropletCreation } from "./droplet-creation";
import { createDroplets, destroy } from "./droplet-life";
import { list, parse, tagNames, text } from "./input";
import { assign } from "./projects";

const config = z.union([
  z.object({ target_number_instances: z.int().min(1).max(1000) }),
  z.object({
    min_instances: z.int().min(1).max(500),
    max_instances: z.int().min(1).max(1000),
    target_cpu_utilization: z.number().min(0.05).max(1).optional(),
    target_memory_utilization: z.number().min(0.05).max(1).optional(),
    cooldown_minutes: z.int().min(5).max(20).default(10),
  }),
]);
const template = z.object({
  name: text,
  size: z.string(),
  region: z.string(),
  image: z.string(),
  ssh_keys: list(z.string()),
  tags: tagNames,
  vpc_uuid: text,
  with_droplet_agent: z.boolean().default(false),
  project_id: text,
  ipv6: z.boolean().default(false),
  user_data: text,
  public_networking: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
});
const request = z.object({ name: z.string().min(1), config, droplet_template: template });

/** Droplets alike, as many as its config says; nothing loads them here, so a pool with a range keeps to its least. */
export interface Pool extends z.output<typeof request> {
  readonly id: string;
  readonly members: readonly number[];
  readonly history: readonly HistoryEvent[];
  readonly created_at: string;
  readonly updated_at: string;
}

interface HistoryEvent {
  readonly history_event_id: string;
  readonly current_instance_count: number;
  readonly desired_instance_count: number;
  readonly reason: "CONFIGURATION_CHANGE" | "SCALE_UP" | "SCALE_DOWN";
  readonly status: "success";
  readonly created_at: string;
  readonly updated_at: string;
}

type ById = { Params: { id: string } };

const idle = { cpu: 0, memory: 0 };

export function addAutoscale(app: FastifyInstance, cloud: Cloud): void {
  const { pools, core } = cloud;
  const base = "/v2/droplets/autoscale";
  const show = (pool: Pool) => showPool(cloud, pool);
  const one = ({ params: { id } }: { params: ById["Params"] }) => {
    const pool = pools.get(id);
    if (!pool) throw new ApiError(404, `autoscale group with id ${id} not found`);
    return pool;
  };

  app.get<{ Querystring: { name?: string } }>(base, (call) => {
    const { name } = call.query;
    return page(
      call,
      "autoscale_pools",
      pools.list().filter((pool) => !name || pool.name === name),
      show,
    );
  });
  app.post(base, (call, reply) => {
    const input = check(cloud, call.body);
    const now = core.clock.stamp();
    const pool = { ...input, id: randomUUID(), members: [], history: [], created_at: now, updated_at: now };
    return reply.status(202).send({ autoscale_pool: show(scale(cloud, pool)) });
  });
  app.get<ById>(`${base}/:id`, (call) => ({ autoscale_pool: show(one(call)) }));
  app.put<ById>(`${base}/:id`, (call) => {
    const changed = { ...one(call), ...check(cloud, call.body), updated_at: core.clock.stamp() };
    return { autoscale_pool: show(scale(cloud, changed)) };
  });
  app.delete<ById>(`${base}/:id`, (call, reply) => {
    pools.delete(one(call).id);
    return reply.status(202).send();
  });
  app.delete<ById>(`${base}/:id/dangerous`, (call, reply) => {
    const pool = one(call);
    if (call.headers["x-dangerous"] !== "true") throw invalid("the header X-Dangerous: true is required");
    const members = dropletsOf(cloud, pool);
    if (members.some(({ locked }) => locked))
      throw invalid("A Droplet of the pool already has a pending event.");
    for (const droplet of members) destroy(cloud, droplet);
    pools.delete(pool.id);
    return reply.status(202).send();
  });
  app.get<ById>(`${base}/:id/history`, (call) => page(call, "history", one(call).history, (event) => event));
  app.get<ById>(`${base}/:id/members`, (call) =>
    page(call, "droplets", dropletsOf(cloud, one(call)), showMember),
  );
}

function check(cloud: Cloud, body: unknown) {
  const input = parse(request, body);
  checkDroplet(cloud, parse(dropletCreation, bodyOf(input)));
  return input;
}

/** Brings a pool to its size and keeps it. */
function scale(cloud: Cloud, pool: Pool): Pool {
  const now = dropletsOf(cloud, pool);
  const desired =
    "target_number_instances" in pool.config
      ? pool.config.target_number_instances
      : pool.config.min_instances;
  const made = Array.from({ length: desired - now.length }, () => createDroplets(cloud, bodyOf(pool))).flat();
  for (const droplet of now.slice(desired)) destroy(cloud, droplet);
  for (const { droplet } of made) {
    if (pool.droplet_template.project_id)
      assign(cloud, pool.droplet_template.project_id, `do:droplet:${droplet.id}`);
  }
  const at = cloud.core.clock.stamp();
  const event: HistoryEvent = {
    history_event_id: randomUUID(),
    current_instance_count: now.length,
    desired_instance_count: desired,
    reason: desired > now.length ? "SCALE_UP" : desired < now.length ? "SCALE_DOWN" : "CONFIGURATION_CHANGE",
    status: "success",
    created_at: at,
    updated_at: at,
  };
  const members = [...now.slice(0, desired), ...made.map(({ droplet }) => droplet)].map(({ id }) => id);
  return cloud.pools.put(pool.id, { ...pool, members, history: [event, ...pool.history] });
}

/** The body of a call that makes one of its droplets. */
function bodyOf({ name, droplet_template }: z.output<typeof request>) {
  const { project_id, ...droplet } = droplet_template;
  return { ...droplet, monitoring: true, name: `${droplet.name || name}-${randomBytes(3).toString("hex")}` };
}

function dropletsOf({ droplets }: Cloud, { members }: Pool): Droplet[] {
  return droplets.list().filter(({ id }) => members.includes(id));
}

function showPool(cloud: Cloud, { members, history, ...pool }: Pool) {
  const count = dropletsOf(cloud, { members, history, ...pool }).length;
  return { ...pool, status: "active", active_resources_count: count, current_utilization: idle };
}

function showMember({ id, status, created_at }: Droplet) {
  return {
    droplet_id: id,
    created_at,
    updated_at: created_at,
    health_status: status === "active" ? "healthy" : "unhealthy",
    status: status === "new" ? "provisioning" : status,
    current_utilization: idle,
  };
}
