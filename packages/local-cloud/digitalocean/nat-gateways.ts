import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { invalid, page } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { list, parse, text } from "./input";
import { freePrivateAddress } from "./vpcs";

const seconds = (otherwise: number) =>
  z
    .int()
    .nullish()
    .transform((value) => value || otherwise);
const timeouts = {
  udp_timeout_seconds: seconds(30),
  icmp_timeout_seconds: seconds(30),
  tcp_timeout_seconds: seconds(300),
};
const name = z.string().regex(/^[a-zA-Z0-9.-]+$/, "may only contain letters, numbers, dots and dashes");
const size = z.int().min(1, "must be at least 1").max(200, "must be at most 200");
const creation = z.object({
  name,
  type: z.enum(["PUBLIC"], "must be PUBLIC"),
  region: z.string(),
  size,
  vpcs: list(z.object({ vpc_uuid: z.string(), default_gateway: z.boolean().default(false) })),
  project_id: text,
  ...timeouts,
});
const change = z.object({ name, size, ...timeouts });

/** What lets droplets without a public address out, as the API shows it. */
export interface NatGateway extends Omit<z.output<typeof creation>, "vpcs"> {
  readonly id: string;
  readonly state: "NEW" | "ACTIVE";
  readonly vpcs: readonly {
    readonly vpc_uuid: string;
    readonly gateway_ip: string;
    readonly default_gateway: boolean;
  }[];
  readonly egresses: { readonly public_gateways: readonly { readonly ipv4: string }[] };
  readonly created_at: string;
  readonly updated_at: string;
}

type ById = { Params: { id: string } };

export function addNatGateways(app: FastifyInstance, cloud: Cloud): void {
  const { gateways, vpcs, core, latency } = cloud;
  const base = "/v2/vpc_nat_gateways";
  core.jobs.define("digitalocean/gateway", (id) => gateways.patch(id, { state: "ACTIVE" }));
  const one = ({ params: { id } }: { params: ById["Params"] }) => {
    const gateway = gateways.get(id);
    if (!gateway) throw new ApiError(404, `nat gateway with id ${id} not found`);
    return gateway;
  };

  app.get(base, (call) => page(call, "vpc_nat_gateways", gateways.list(), (gateway) => gateway));
  app.post(base, (call, reply) => {
    const input = parse(creation, call.body);
    if (!regions.has(input.region)) throw invalid("region is invalid");
    if (input.vpcs.length === 0) throw invalid("vpcs is required");
    const id = randomUUID();
    const now = core.clock.stamp();
    const gateway = gateways.put(id, {
      ...input,
      id,
      state: "NEW",
      vpcs: input.vpcs.map((wanted) => {
        const vpc = vpcs.get(wanted.vpc_uuid);
        if (vpc?.region !== input.region)
          throw invalid(`VPC ${wanted.vpc_uuid} does not exist in ${input.region}`);
        return { ...wanted, gateway_ip: freePrivateAddress(cloud, vpc) };
      }),
      egresses: { public_gateways: [{ ipv4: cloud.freePublicAddress() }] },
      created_at: now,
      updated_at: now,
    });
    core.jobs.start("digitalocean/gateway", id, latency("gateway", input.name));
    return reply.status(202).send({ vpc_nat_gateway: gateway });
  });
  app.get<ById>(`${base}/:id`, (call) => ({ vpc_nat_gateway: one(call) }));
  app.put<ById>(`${base}/:id`, (call) => {
    const before = one(call);
    const after = { ...before, ...parse(change, call.body), updated_at: core.clock.stamp() };
    return { vpc_nat_gateway: gateways.put(before.id, after) };
  });
  app.delete<ById>(`${base}/:id`, (call, reply) => {
    gateways.delete(one(call).id);
    return reply.status(202).send();
  });
}
