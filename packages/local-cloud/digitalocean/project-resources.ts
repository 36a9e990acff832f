import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { page } from "./answers";
import type { Cloud } from "./cloud";
import { parse } from "./input";
import { assign, findProject, projectOf } from "./projects";

type ById = { Params: { id: string } };

const urn = z
  .string()
  .regex(
    /^do:(dbaas|domain|droplet|floatingip|reservedip|loadbalancer|space|volume|kubernetes|vpc):.+$/,
    "is not a valid resource URN",
  )
  .transform((value) => value.replace(":reservedip:", ":floatingip:"));
const request = z.object({ resources: z.array(urn) });

export function addProjectResources(app: FastifyInstance, cloud: Cloud): void {
  app.get<ById>("/v2/projects/:id/resources", (call) => {
    const { id } = findProject(cloud, call.params.id);
    const known = allResources(cloud);
    const mine = [...known].filter(([resource]) => projectOf(cloud, resource) === id);
    return page(call, "resources", mine, ([resource, path]) => show(cloud, call.host, resource, path, "ok"));
  });
  app.post<ById>("/v2/projects/:id/resources", (call) => {
    const { id } = findProject(cloud, call.params.id);
    const { resources } = parse(request, call.body);
    const known = allResources(cloud);
    return {
      resources: resources.map((resource) => {
        const path = known.get(resource);
        // What is gone meanwhile is told with the rest; it does not make the call fail.
        if (path === undefined) return show(cloud, call.host, resource, "", "not_found");
        const status = projectOf(cloud, resource) === id ? "already_assigned" : "assigned";
        assign(cloud, id, resource);
        return show(cloud, call.host, resource, path, status);
      }),
    };
  });
}

function show(cloud: Cloud, host: string, resource: string, path: string, status: string) {
  return {
    urn: resource,
    assigned_at: cloud.assignments.get(resource)?.assigned_at ?? cloud.core.clock.stamp(),
    links: { self: `http://${host}/v2/${path}` },
    status,
  };
}

/** All that can be in a project: URN → path. */
function allResources(cloud: Cloud): ReadonlyMap<string, string> {
  return new Map([
    ...cloud.droplets.ids().map((id) => [`do:droplet:${id}`, `droplets/${id}`] as const),
    ...cloud.balancers.ids().map((id) => [`do:loadbalancer:${id}`, `load_balancers/${id}`] as const),
    ...cloud.databases.ids().map((id) => [`do:dbaas:${id}`, `databases/${id}`] as const),
    ...cloud.volumes.ids().map((id) => [`do:volume:${id}`, `volumes/${id}`] as const),
    ...cloud.domains.ids().map((name) => [`do:domain:${name}`, `domains/${name}`] as const),
    ...cloud.buckets.ids().map((name) => [`do:space:${name}`, `spaces/${name}`] as const),
    ...cloud.reservedIps.ids().map((ip) => [`do:floatingip:${ip}`, `reserved_ips/${ip}`] as const),
  ]);
}
