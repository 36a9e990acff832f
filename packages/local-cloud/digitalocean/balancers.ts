import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { found, invalid, page } from "./answers";
import { checkRules, forwardingRule, parseBalancer } from "./balancer-input";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { requireDroplets } from "./firewall-rules";
import { numericId, parse } from "./input";
import { assign, forget, projectOf } from "./projects";
import { vpcFor } from "./vpcs";

type Settings = Omit<ReturnType<typeof parseBalancer>, "project_id">;

export interface Balancer extends Settings {
  readonly id: string;
  readonly status: "new" | "active" | "errored";
  /** Whether it processes a change and takes no other. */
  readonly busy: boolean;
  readonly created_at: string;
  /** Shown as its `ip` once it is active. */
  readonly address: string;
}

type ById = { Params: { id: string } };

const maxDroplets = 10;
const dropletsOnly = z.object({ droplet_ids: z.array(numericId) });
const rulesOnly = z.object({ forwarding_rules: z.array(forwardingRule) });

export function addBalancers(app: FastifyInstance, cloud: Cloud): void {
  const { balancers, core, latency } = cloud;
  const one = (id: string) => found(balancers.get(id));
  const show = (balancer: Balancer) => showBalancer(cloud, balancer);
  core.jobs.define("digitalocean/balancer", (id) => balancers.patch(id, { status: "active", busy: false }));

  app.get("/v2/load_balancers", (request) => page(request, "load_balancers", balancers.list(), show));
  app.post("/v2/load_balancers", (request, reply) => {
    const { project_id: project, ...input } = parseBalancer(cloud, request.body);
    check(cloud, input);
    if (balancers.find(({ name }) => name === input.name))
      throw new ApiError(409, `a load balancer named ${input.name} already exists`);
    const vpc_uuid = vpcFor(cloud, input.vpc_uuid, input.region).id;
    const address = cloud.freePublicAddress();
    const made = {
      id: randomUUID(),
      status: "new",
      busy: true,
      created_at: core.clock.stamp(),
      address,
    } as const;
    const balancer = balancers.put(made.id, { ...input, ...made, vpc_uuid });
    if (project) assign(cloud, project, `do:loadbalancer:${made.id}`);
    core.jobs.start("digitalocean/balancer", made.id, latency("balancer", input.name));
    return reply.status(202).send({ load_balancer: show(balancer) });
  });
  app.get<ById>("/v2/load_balancers/:id", (request) => ({ load_balancer: show(one(request.params.id)) }));
  app.put<ById>("/v2/load_balancers/:id", (request) => {
    const before = one(request.params.id);
    const { project_id: project, ...input } = parseBalancer(cloud, request.body);
    for (const fixed of ["region", "type", "network", "network_stack"] as const) {
      if (input[fixed] !== before[fixed]) throw invalid(`${fixed} can not be changed`);
    }
    const changed = update(cloud, before, { ...input, vpc_uuid: before.vpc_uuid });
    if (project) assign(cloud, project, `do:loadbalancer:${before.id}`);
    return { load_balancer: show(changed) };
  });
  app.delete<ById>("/v2/load_balancers/:id", (request, reply) => {
    const { id } = one(request.params.id);
    balancers.delete(id);
    forget(cloud, `do:loadbalancer:${id}`);
    return reply.status(204).send();
  });
  app.get("/_local/balancers", () => ({
    balancers: balancers.list().map(({ id, name, forwarding_rules: rules }) => ({
      id,
      name,
      entries: rules.map(({ entry_port: port }) => ({
        port,
        address: cloud.machines.balancerAddress(id, port),
      })),
    })),
  }));
  app.delete<ById>("/v2/load_balancers/:id/cache", (request, reply) => {
    if (one(request.params.id).type !== "GLOBAL") throw invalid("only a global load balancer has a cache");
    return reply.status(204).send();
  });

  const part = (name: string, added: Change, removed: Change) => {
    const route = (method: "POST" | "DELETE", change: Change) =>
      app.route<ById>({
        method,
        url: `/v2/load_balancers/:id/${name}`,
        handler: (request, reply) => {
          const balancer = one(request.params.id);
          update(cloud, balancer, change(balancer, request.body));
          return reply.status(204).send();
        },
      });
    route("POST", added);
    route("DELETE", removed);
  };
  const droplets = (body: unknown) => parse(dropletsOnly, body).droplet_ids;
  part(
    "droplets",
    (balancer, body) => ({
      droplet_ids: [...new Set([...balancer.droplet_ids, ...droplets(body)])],
      tag: "",
    }),
    (balancer, body) => ({ droplet_ids: balancer.droplet_ids.filter((id) => !droplets(body).includes(id)) }),
  );
  const rules = (body: unknown) => parse(rulesOnly, body).forwarding_rules;
  part(
    "forwarding_rules",
    (balancer, body) => ({ forwarding_rules: [...balancer.forwarding_rules, ...rules(body)] }),
    (balancer, body) => ({
      forwarding_rules: balancer.forwarding_rules.filter(
        (rule) =>
          !rules(body).some(
            (other) => other.entry_port === rule.entry_port && other.entry_protocol === rule.entry_protocol,
          ),
      ),
    }),
  );
}

type Change = (balancer: Balancer, body: unknown) => Partial<Settings>;

/** A balancer as the API shows it. */
export function showBalancer(cloud: Cloud, { address, busy, ...balancer }: Balancer) {
  return {
    ...balancer,
    ip: balancer.status === "active" ? address : "",
    ipv6: "",
    size: "lb-small",
    region: regions.get(balancer.region),
    droplet_ids: targetsOf(cloud, balancer),
    project_id: projectOf(cloud, `do:loadbalancer:${balancer.id}`),
  };
}

/** The droplets a balancer serves, by id or by tag. */
export function targetsOf(
  { droplets }: Cloud,
  { tag, droplet_ids }: Pick<Balancer, "tag" | "droplet_ids">,
): readonly number[] {
  if (!tag) return droplet_ids;
  return droplets
    .list()
    .filter((droplet) => droplet.tags.includes(tag))
    .map((droplet) => droplet.id);
}

function update(cloud: Cloud, before: Balancer, change: Partial<Settings>): Balancer {
  if (before.busy)
    throw new ApiError(403, "Load Balancer can't be updated while it processes previous actions");
  const after = { ...before, ...change, busy: true };
  check(cloud, after);
  cloud.balancers.put(before.id, after);
  cloud.core.jobs.start("digitalocean/balancer", before.id, cloud.latency("balancer update", before.name));
  return after;
}

function check(cloud: Cloud, settings: Settings): void {
  const { droplet_ids: ids, region } = settings;
  checkRules(cloud, settings.forwarding_rules);
  requireDroplets(cloud, ids);
  if (ids.length > maxDroplets)
    throw invalid(
      `a load balancer can have at most ${maxDroplets} droplets by id, not ${ids.length}: use a tag`,
    );
  const elsewhere = ids.find((id) => cloud.droplets.get(String(id))?.region !== region);
  if (elsewhere !== undefined)
    throw invalid(`droplet ${elsewhere} is not in the region of the load balancer`);
}
