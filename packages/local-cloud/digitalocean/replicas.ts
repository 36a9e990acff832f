import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid } from "./answers";
import { databaseEngines } from "./catalog/databases";
import type { Cloud } from "./cloud";
import { type ByCluster, connectionsOf, type Database, requireOnline } from "./database";
import { checkLayout, checkStorage } from "./database-input";
import { parse, tagNames, text } from "./input";
import { ensureTags } from "./tags";
import { vpcFor } from "./vpcs";

/** A read-only copy of a cluster. */
export interface Replica {
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly region: string;
  readonly size: string;
  readonly status: "creating" | "online";
  readonly storage_size_mib: number;
  readonly private_network_uuid: string;
  readonly tags: readonly string[];
  readonly created_at: string;
}

type ByName = { Params: { cluster: string; name: string } };

const creation = z.object({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/,
      "must be 3 to 63 characters: lowercase letters, numbers and dashes",
    ),
  region: text,
  size: text,
  storage_size_mib: z.int().nullish(),
  private_network_uuid: text,
  tags: tagNames,
});

export function addReplicas(app: FastifyInstance, cloud: Cloud): void {
  const { databases, replicas, core, latency } = cloud;
  const cluster = (request: { params: ByCluster["Params"] }) => found(databases.get(request.params.cluster));
  const of = ({ id }: Database) => replicas.list().filter((replica) => replica.cluster === id);
  const one = (request: { params: ByName["Params"] }) => {
    return found(of(cluster(request)).find(({ name }) => name === request.params.name));
  };
  const show = ({ cluster: id, ...replica }: Replica) => {
    return { ...replica, ...connectionsOf({ ...found(databases.get(id)), endpoint: null }, replica.name) };
  };
  core.jobs.define("digitalocean/replica", (id) => replicas.patch(id, { status: "online" }));

  app.get<ByCluster>("/v2/databases/:cluster/replicas", (request) => ({
    replicas: of(cluster(request)).map(show),
  }));
  app.post<ByCluster>("/v2/databases/:cluster/replicas", (request, reply) => {
    const database = cluster(request);
    requireOnline(database);
    const input = parse(creation, request.body);
    const region = input.region || database.region;
    const size = input.size || database.size;
    checkLayout(databaseEngines[database.engine], size, 1);
    if (of(database).some(({ name }) => name === input.name)) throw invalid("replica name is not available");
    if (of(database).length >= 2) throw invalid("a cluster can have at most 2 replicas");
    ensureTags(cloud, input.tags);
    const id = randomUUID();
    const replica = replicas.put(id, {
      ...input,
      id,
      cluster: database.id,
      region,
      size,
      status: "creating",
      storage_size_mib: checkStorage(size, input.storage_size_mib, database.storage_size_mib),
      private_network_uuid: vpcFor(cloud, input.private_network_uuid, region).id,
      created_at: core.clock.stamp(),
    });
    core.jobs.start("digitalocean/replica", id, latency("replica", input.name));
    return reply.status(201).send({ replica: show(replica) });
  });
  app.get<ByName>("/v2/databases/:cluster/replicas/:name", (request) => ({ replica: show(one(request)) }));
  app.delete<ByName>("/v2/databases/:cluster/replicas/:name", (request, reply) => {
    replicas.delete(one(request).id);
    return reply.status(204).send();
  });
  app.put<ByName>("/v2/databases/:cluster/replicas/:name/promote", (request, reply) => {
    const { id, cluster: from, storage_size_mib, ...replica } = one(request);
    const primary = found(databases.get(from));
    databases.put(id, {
      ...primary,
      ...replica,
      id,
      storage_size_mib,
      num_nodes: 1,
      rules: [],
      endpoint: null,
      status: "online",
    });
    replicas.delete(id);
    return reply.status(204).send();
  });
}
