import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { addresses, freeRange, overlap, parseRange } from "./addresses";
import { found, invalid, page } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { parse, text } from "./input";

/** A private network, as the API shows it. */
export interface Vpc {
  readonly id: string;
  readonly urn: string;
  readonly name: string;
  readonly description: string;
  readonly region: string;
  readonly ip_range: string;
  readonly default: boolean;
  readonly created_at: string;
}

const name = z
  .string()
  .regex(/^[a-zA-Z0-9\-.]+$/, "may only contain alphanumeric characters, dashes, and periods");
const description = text.refine((value) => value.length <= 255, "is too long (maximum is 255 characters)");
const creation = z.object({ name, description, region: z.string(), ip_range: text });
const update = z.object({
  name: name.optional(),
  description: description.optional(),
  default: z.boolean().optional(),
});

/** Every region has its default VPC, as in an account that was used before. */
export function seedVpcs(cloud: Cloud): void {
  if (cloud.vpcs.size > 0) return;
  for (const region of regions.keys()) {
    addVpc(cloud, { name: `default-${region}`, description: "", region, ip_range: "", default: true });
  }
}

export function addVpcs(app: FastifyInstance, cloud: Cloud): void {
  const { vpcs } = cloud;
  app.get("/v2/vpcs", (request) => page(request, "vpcs", vpcs.list(), (vpc) => vpc));
  app.post("/v2/vpcs", (request, reply) => {
    const input = parse(creation, request.body);
    if (!regions.has(input.region)) throw invalid("region is invalid");
    if (vpcs.find((vpc) => vpc.name === input.name)) throw invalid("name must be unique");
    return reply.status(201).send({ vpc: addVpc(cloud, { ...input, default: false }) });
  });
  app.get<ById>("/v2/vpcs/:id", (request) => ({ vpc: found(vpcs.get(request.params.id)) }));
  for (const method of ["PUT", "PATCH"] as const) {
    app.route<ById>({
      method,
      url: "/v2/vpcs/:id",
      handler: (request) => change(cloud, request.params.id, request.body),
    });
  }
  app.delete<ById>("/v2/vpcs/:id", (request, reply) => {
    const vpc = found(vpcs.get(request.params.id));
    if (vpc.default) throw new ApiError(403, "Can not delete default VPCs");
    if (members(cloud, vpc.id).length > 0) throw new ApiError(409, "Can not delete VPC with members");
    vpcs.delete(vpc.id);
    return reply.status(204).send();
  });
  app.get<ById & { Querystring: { resource_type?: string } }>("/v2/vpcs/:id/members", (request) => {
    const all = members(cloud, found(vpcs.get(request.params.id)).id);
    const { resource_type: type } = request.query;
    const wanted = type ? all.filter((member) => member.urn.startsWith(`do:${type}:`)) : all;
    return page(request, "members", wanted, (member) => member);
  });
}

type ById = { Params: { id: string } };

/** The VPC a new resource goes to: the one named, or the region's default. */
export function vpcFor(cloud: Cloud, uuid: string, region: string): Vpc {
  const vpc = uuid
    ? cloud.vpcs.get(uuid)
    : cloud.vpcs.find((candidate) => candidate.default && candidate.region === region);
  if (!vpc) throw invalid("vpc_uuid is invalid: the VPC does not exist");
  if (vpc.region !== region) throw invalid("vpc_uuid is invalid: the VPC is in another region");
  return vpc;
}

function addVpc(cloud: Cloud, input: Omit<Vpc, "id" | "urn" | "created_at">): Vpc {
  const taken = cloud.vpcs.list().map((vpc) => parseRange(vpc.ip_range));
  const id = randomUUID();
  const given = input.ip_range ? parseRange(input.ip_range) : freeRange(taken);
  if (given.prefix < 16 || given.prefix > 28) throw invalid("ip_range must be between /16 and /28");
  if (!given.private) throw invalid("ip_range is invalid: it must be a private range (RFC 1918)");
  if (taken.some((other) => overlap(other, given))) {
    throw invalid("This range/size overlaps with another VPC network in your account");
  }
  const created_at = cloud.core.clock.stamp();
  return cloud.vpcs.put(id, { ...input, id, urn: `do:vpc:${id}`, ip_range: given.text, created_at });
}

function change(cloud: Cloud, id: string, body: unknown) {
  const vpc = found(cloud.vpcs.get(id));
  const input = parse(update, body);
  if (input.default === false && vpc.default)
    throw invalid("default can not be unset; make another VPC the default");
  if (input.default) {
    const former = cloud.vpcs.find((other) => other.default && other.region === vpc.region);
    if (former) cloud.vpcs.patch(former.id, { default: false });
  }
  return { vpc: cloud.vpcs.patch(id, { ...vpc, ...input }) };
}

function members({ droplets, balancers, databases, gateways }: Cloud, vpc: string) {
  const all = [
    ...droplets.list().map((one) => ({ one, kind: "droplet", vpcs: [one.vpc_uuid] })),
    ...balancers.list().map((one) => ({ one, kind: "loadbalancer", vpcs: [one.vpc_uuid] })),
    ...databases.list().map((one) => ({ one, kind: "dbaas", vpcs: [one.private_network_uuid] })),
    ...gateways
      .list()
      .map((one) => ({ one, kind: "vpcnatgateway", vpcs: one.vpcs.map((served) => served.vpc_uuid) })),
  ];
  return all
    .filter(({ vpcs }) => vpcs.includes(vpc))
    .map(({ one, kind }) => ({ urn: `do:${kind}:${one.id}`, name: one.name, created_at: one.created_at }));
}

/** A private address of the VPC that nothing has yet. */
export function freePrivateAddress({ droplets, gateways }: Cloud, vpc: Vpc): string {
  const used = new Set([
    ...droplets.list().flatMap((one) => (one.vpc_uuid === vpc.id ? [one.private_ip] : [])),
    ...gateways.list().flatMap((one) => one.vpcs.map(({ gateway_ip }) => gateway_ip)),
  ]);
  for (const address of addresses(vpc.ip_range)) if (!used.has(address)) return address;
  throw invalid("The VPC has no free address left");
}
