import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showAction } from "./actions";
import { found, invalid, page } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { showDroplet } from "./droplet";
import { numericId, parse, text } from "./input";
import { assign, forget, projectOf } from "./projects";

export interface ReservedIp {
  readonly ip: string;
  readonly region: string;
  readonly droplet_id: number | null;
}

type ByIp = { Params: { ip: string } };

const creation = z.object({ region: text, droplet_id: numericId.nullish(), project_id: text });
const request = z.discriminatedUnion(
  "type",
  [z.object({ type: z.literal("assign"), droplet_id: numericId }), z.object({ type: z.literal("unassign") })],
  "is not a valid action",
);

export function addReservedIps(app: FastifyInstance, cloud: Cloud): void {
  const { reservedIps, actions } = cloud;
  const show = (reserved: ReservedIp) => showReservedIp(cloud, reserved);
  actions.define("assign ip", (ip, droplet: number) => reservedIps.patch(ip, { droplet_id: droplet }));
  actions.define("unassign ip", (ip) => reservedIps.patch(ip, { droplet_id: null }));

  app.get("/v2/reserved_ips", (call) => page(call, "reserved_ips", reservedIps.list(), show));
  app.post("/v2/reserved_ips", (call, reply) => {
    const input = parse(creation, call.body);
    const region = input.droplet_id ? droplet(cloud, input.droplet_id).region : input.region;
    if (!regions.has(region)) throw invalid("You must specify a valid region or droplet_id");
    if (input.project_id && !cloud.projects.get(input.project_id)) throw invalid("project_id is invalid");
    const ip = cloud.freePublicAddress();
    const reserved = reservedIps.put(ip, { ip, region, droplet_id: null });
    if (input.project_id) assign(cloud, input.project_id, urn(ip));
    if (input.droplet_id) start(cloud, reserved, { type: "assign", droplet_id: input.droplet_id });
    return reply.status(202).send({ reserved_ip: show(reserved), links: {} });
  });
  app.get<ByIp>("/v2/reserved_ips/:ip", (call) => ({
    reserved_ip: show(found(reservedIps.get(call.params.ip))),
  }));
  app.delete<ByIp>("/v2/reserved_ips/:ip", (call, reply) => {
    const { ip } = found(reservedIps.get(call.params.ip));
    reservedIps.delete(ip);
    forget(cloud, urn(ip));
    return reply.status(204).send();
  });
  app.get<ByIp>("/v2/reserved_ips/:ip/actions", (call) => {
    const { ip } = found(reservedIps.get(call.params.ip));
    return page(call, "actions", actions.on("reserved_ip", ip), showAction);
  });
  app.post<ByIp>("/v2/reserved_ips/:ip/actions", (call, reply) => {
    const reserved = found(reservedIps.get(call.params.ip));
    return reply.status(201).send({ action: showAction(start(cloud, reserved, parse(request, call.body))) });
  });
  app.get<{ Params: { ip: string; action: string } }>("/v2/reserved_ips/:ip/actions/:action", (call) => {
    const action = found(actions.all.get(call.params.action));
    return { action: showAction(found(action.subject === call.params.ip ? action : undefined)) };
  });
}

function showReservedIp(cloud: Cloud, { ip, region, droplet_id: id }: ReservedIp) {
  const droplet = id === null ? undefined : cloud.droplets.get(String(id));
  return {
    ip,
    region: regions.get(region),
    droplet: droplet ? showDroplet(cloud, droplet) : null,
    locked: false,
    project_id: projectOf(cloud, urn(ip)),
  };
}

function start(cloud: Cloud, reserved: ReservedIp, input: z.output<typeof request>) {
  if (input.type === "assign") {
    if (droplet(cloud, input.droplet_id).region !== reserved.region)
      throw invalid("The Droplet is in another region than the reserved IP.");
  } else if (reserved.droplet_id === null) {
    throw invalid("The reserved IP is not assigned to a Droplet.");
  }
  const id = input.type === "assign" ? input.droplet_id : reserved.droplet_id;
  return cloud.actions.start({
    type: `${input.type}_ip`,
    resource_type: "reserved_ip",
    resource_id: null,
    region: reserved.region,
    effect: `${input.type} ip`,
    subject: reserved.ip,
    params: id,
    ...(id === null ? {} : { droplet: id }),
  });
}

function droplet(cloud: Cloud, id: number) {
  const droplet = cloud.droplets.get(String(id));
  if (!droplet) throw invalid("The Droplet does not exist.");
  return droplet;
}

/** Projects know reserved addresses by their former name. */
const urn = (ip: string) => `do:floatingip:${ip}`;
