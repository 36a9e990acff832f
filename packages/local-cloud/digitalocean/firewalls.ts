import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { checkRules, maxDroplets, maxTags, type Rules, requireDroplets, rules } from "./firewall-rules";
import { list, numericId, parse } from "./input";
import { requireTags } from "./tags";

export interface Firewall extends Rules {
  readonly id: string;
  readonly name: string;
  readonly status: "waiting" | "succeeded" | "failed";
  readonly created_at: string;
  readonly droplet_ids: readonly number[];
  readonly tags: readonly string[];
}

type ById = { Params: { id: string } };

const targets = z.object({
  name: z
    .string()
    .regex(
      /^[a-zA-Z0-9][a-zA-Z0-9.-]+$/,
      "must start with a letter or number and contain only letters, numbers, dots and dashes",
    ),
  droplet_ids: list(numericId),
  tags: list(z.string()),
});
const dropletsOnly = targets.pick({ droplet_ids: true });
const tagsOnly = targets.pick({ tags: true });

export function addFirewalls(app: FastifyInstance, cloud: Cloud): void {
  const { firewalls, core, latency } = cloud;
  const one = (id: string) => found(firewalls.get(id));
  core.jobs.define("digitalocean/firewall", (id) => firewalls.patch(id, { status: "succeeded" }));
  /** Applies a change; it takes a moment to reach the droplets. */
  const put = (firewall: Firewall) => {
    check(cloud, firewall);
    const changed = firewalls.put(firewall.id, { ...firewall, status: "waiting" });
    core.jobs.start("digitalocean/firewall", firewall.id, latency("firewall", firewall.name));
    return changed;
  };

  app.get("/v2/firewalls", (request) => page(request, "firewalls", firewalls.list(), showFirewall));
  app.post("/v2/firewalls", (request, reply) => {
    const input = { ...parse(targets, request.body), ...parse(rules, request.body) };
    if (firewalls.find(({ name }) => name === input.name)) throw invalid("name has already been used");
    const firewall = put({ ...input, id: randomUUID(), status: "waiting", created_at: core.clock.stamp() });
    return reply.status(202).send({ firewall: showFirewall(firewall) });
  });
  app.get<ById>("/v2/firewalls/:id", (request) => ({ firewall: showFirewall(one(request.params.id)) }));
  app.put<ById>("/v2/firewalls/:id", (request) => {
    const before = one(request.params.id);
    const input = { ...parse(targets, request.body), ...parse(rules, request.body) };
    return { firewall: showFirewall(put({ ...before, ...input })) };
  });
  app.delete<ById>("/v2/firewalls/:id", (request, reply) => {
    firewalls.delete(one(request.params.id).id);
    return reply.status(204).send();
  });

  type Change = (firewall: Firewall, body: unknown) => Partial<Firewall>;
  const part = (name: string, added: Change, removed: Change) => {
    const route = (method: "POST" | "DELETE", change: Change) =>
      app.route<ById>({
        method,
        url: `/v2/firewalls/:id/${name}`,
        handler: (request, reply) => {
          const firewall = one(request.params.id);
          put({ ...firewall, ...change(firewall, request.body) });
          return reply.status(204).send();
        },
      });
    route("POST", added);
    route("DELETE", removed);
  };
  part(
    "droplets",
    (wall, body) => ({ droplet_ids: union(wall.droplet_ids, parse(dropletsOnly, body).droplet_ids) }),
    (wall, body) => ({ droplet_ids: without(wall.droplet_ids, parse(dropletsOnly, body).droplet_ids) }),
  );
  part(
    "tags",
    (wall, body) => ({ tags: union(wall.tags, parse(tagsOnly, body).tags) }),
    (wall, body) => ({ tags: without(wall.tags, parse(tagsOnly, body).tags) }),
  );
  part(
    "rules",
    (wall, body) => eachDirection(wall, parse(rules, body), union),
    (wall, body) => eachDirection(wall, parse(rules, body), without),
  );
}

/** A firewall as the API shows it. */
export function showFirewall(firewall: Firewall) {
  return { ...firewall, pending_changes: [] };
}

function check(cloud: Cloud, firewall: Firewall): void {
  const { droplet_ids: droplets, tags } = firewall;
  if (droplets.length > maxDroplets)
    throw invalid(`a firewall can have at most ${maxDroplets} droplets, not ${droplets.length}`);
  if (tags.length > maxTags) throw invalid(`a firewall can have at most ${maxTags} tags, not ${tags.length}`);
  if (firewall.inbound_rules.length + firewall.outbound_rules.length === 0)
    throw invalid("a firewall needs at least one rule");
  requireDroplets(cloud, droplets);
  requireTags(cloud, tags);
  checkRules(cloud, firewall);
}

type Combine = <T>(before: readonly T[], items: readonly T[]) => T[];

const without: Combine = (before, items) =>
  before.filter((one) => !items.some((item) => isDeepStrictEqual(one, item)));
const union: Combine = (before, items) => [...before, ...without(items, before)];

function eachDirection(firewall: Rules, given: Rules, combine: Combine): Rules {
  return {
    inbound_rules: combine(firewall.inbound_rules, given.inbound_rules),
    outbound_rules: combine(firewall.outbound_rules, given.outbound_rules),
  };
}
