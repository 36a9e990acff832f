import type { Finding } from "../../../policy/check";
import type { Cost } from "../../../tools/cost/price";
import type { Props } from "../../../tools/engine/props";
import { type Registration, urnOf } from "../../../tools/engine/registration";
import type { Foreseen } from "../../../tools/plan/foresee";
import { Foresight } from "../../../tools/plan/foresight";
import { Former } from "../../../tools/plan/former";
import type { Review } from "../../../tools/plan/review";

export const types = {
  droplet: "digitalocean:index/droplet:Droplet",
  vpc: "digitalocean:index/vpc:Vpc",
  balancer: "digitalocean:index/loadBalancer:LoadBalancer",
  domain: "digitalocean:index/domain:Domain",
  record: "digitalocean:index/dnsRecord:DnsRecord",
  volume: "digitalocean:index/volume:Volume",
  key: "tls:index/privateKey:PrivateKey",
  group: "web:group:Group",
} as const;

/** A resource as a program registers it. */
export function resource(
  type: string,
  name: string,
  inputs: Props = {},
  more: Partial<Registration> = {},
): Registration {
  return {
    urn: urnOf("dev", "web", more.parent ?? "", type, name),
    type,
    name,
    parent: null,
    custom: true,
    inputs,
    secretOutputs: [],
    dependsOn: [],
    inputsFrom: {},
    protect: false,
    ignoreChanges: [],
    replaceOnChanges: [],
    deleteBeforeReplace: null,
    aliases: [],
    provider: "",
    ...more,
  };
}

/** One registration after the other; each may use the outputs of those before it. */
export type Program = (make: (resource: Registration) => Promise<Props>) => Promise<unknown>;

/** What is foreseen of one program after the other. */
export async function foreseen(
  before: Program,
  after: Program,
  objections: (resource: Registration, was: Registration) => readonly string[] = () => [],
): Promise<Foreseen> {
  const run = async (program: Program, former: readonly Registration[]) => {
    const foresight = new Foresight(new Former(former));
    const resources: Registration[] = [];
    await program(async (one) => {
      resources.push(one);
      const { id, outputs } = await foresight.make(one, async (was) => objections(one, was));
      return { ...outputs, id };
    });
    return { resources, steps: foresight.steps(), refusals: foresight.refusals };
  };
  const old = await run(before, []);
  const planned = await run(after, old.resources);
  const result = { outputs: {}, faults: [] };
  return {
    before: { resources: old.resources, ...result },
    after: { resources: planned.resources, ...result },
    steps: planned.steps,
    refusals: planned.refusals,
  };
}

const noCost: Cost = { items: [], monthly: 0, hourly: 0, unknown: 0 };

/** A review of a stack in which nothing changes, but for what is given. */
export function review(given: Partial<Review> = {}): Review {
  return {
    stack: "dev",
    notes: [],
    failed: false,
    operations: { create: 0, update: 0, replace: 0, delete: 0, same: 1 },
    changes: [],
    risk: { downtime: "none", reasons: [], data: [] },
    cost: { changes: [], monthly: 0, before: noCost, after: noCost },
    budgetUsd: null,
    policies: { broken: [], newlyBroken: [] },
    picture: "",
    resources: [],
    outputs: {},
    ...given,
  };
}

/** A broken rule. */
export const finding = (given: Partial<Finding> = {}): Finding => ({
  rule: "no-open-ssh",
  level: "advisory",
  urn: null,
  name: "firewall",
  message: "admits SSH from everywhere",
  reason: "It is found within minutes.",
  fix: "Name your own addresses.",
  ...given,
});
