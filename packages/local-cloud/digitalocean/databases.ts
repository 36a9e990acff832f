import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid } from "./answers";
import { databaseEngines, databaseProtocols } from "./catalog/databases";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { type ByCluster, type Database, newPassword, requireOnline, showDatabase } from "./database";
import { checkCluster, checkLayout, checkStorage, creation, maintenance, resize } from "./database-input";
import { parse } from "./input";
import { whenDone } from "./machines";
import { assign, forget } from "./projects";
import { ensureTags } from "./tags";
import { vpcFor } from "./vpcs";

export function addDatabases(app: FastifyInstance, cloud: Cloud): void {
  const { databases, core, latency } = cloud;
  const one = (request: { params: ByCluster["Params"] }) => found(databases.get(request.params.cluster));
  const show = (database: Database) => showDatabase(cloud, database);
  const change = (database: Database, fields: Partial<Database>) => {
    requireOnline(database);
    databases.patch(database.id, fields);
    core.jobs.start("digitalocean/database change", database.id, latency("database change", database.name));
  };
  core.jobs.define("digitalocean/database", (id) => bringOnline(cloud, id));
  core.jobs.define("digitalocean/database change", (id) => databases.patch(id, { status: "online" }));

  app.get("/v2/databases/options", () => ({
    options: databaseEngines,
    version_availability: Object.fromEntries(
      Object.entries(databaseEngines).map(([engine, { versions }]) => [
        engine,
        versions.map((version) => ({ end_of_life: null, end_of_availability: null, version })),
      ]),
    ),
  }));
  app.get<{ Querystring: { tag_name?: string } }>("/v2/databases", (request) => {
    const { tag_name: tag } = request.query;
    return {
      databases: databases
        .list()
        .filter(({ tags }) => !tag || tags.includes(tag))
        .map(show),
    };
  });
  app.post("/v2/databases", (request, reply) => {
    const { project_id: project, ...input } = parse(creation, request.body);
    const version = checkCluster(cloud, { ...input, project_id: project });
    const id = randomUUID();
    const created_at = core.clock.stamp();
    const database = databases.put(id, {
      ...input,
      id,
      version,
      status: "creating",
      created_at,
      private_network_uuid: vpcFor(cloud, input.private_network_uuid, input.region).id,
      storage_size_mib: checkStorage(input.size, input.storage_size_mib, 0),
      db_names: [databaseProtocols[input.engine]?.[2] ?? ""].filter(Boolean),
      users: [{ name: "doadmin", role: "primary", password: newPassword() }],
      rules: input.rules.map((rule) => ({ ...rule, uuid: randomUUID(), cluster_uuid: id, created_at })),
      maintenance_window: { day: "thursday", hour: "21:00:00" },
      endpoint: null,
    });
    ensureTags(cloud, input.tags);
    if (project) assign(cloud, project, `do:dbaas:${id}`);
    core.jobs.start("digitalocean/database", id, latency("database", input.name));
    return reply.status(201).send({ database: show(database) });
  });
  app.get<ByCluster>("/v2/databases/:cluster", (request) => ({ database: show(one(request)) }));
  app.delete<ByCluster>("/v2/databases/:cluster", (request, reply) => {
    const { id } = one(request);
    databases.delete(id);
    for (const replica of cloud.replicas.list())
      if (replica.cluster === id) cloud.replicas.delete(replica.id);
    cloud.databaseSettings.delete(id);
    forget(cloud, `do:dbaas:${id}`);
    cloud.machines.deleteDatabase(id);
    return reply.status(204).send();
  });
  app.put<ByCluster>("/v2/databases/:cluster/resize", (request, reply) => {
    const database = one(request);
    const input = parse(resize, request.body);
    checkLayout(databaseEngines[database.engine], input.size, input.num_nodes);
    const storage = checkStorage(input.size, input.storage_size_mib, database.storage_size_mib);
    change(database, {
      size: input.size,
      num_nodes: input.num_nodes,
      storage_size_mib: storage,
      status: "resizing",
    });
    return reply.status(202).send();
  });
  app.put<ByCluster>("/v2/databases/:cluster/migrate", (request, reply) => {
    const database = one(request);
    const { region } = parse(z.object({ region: z.string() }), request.body);
    if (!regions.has(region)) throw invalid("invalid region");
    change(database, { region, private_network_uuid: vpcFor(cloud, "", region).id, status: "migrating" });
    return reply.status(202).send();
  });
  app.put<ByCluster>("/v2/databases/:cluster/upgrade", (request, reply) => {
    const database = one(request);
    const { version } = parse(z.object({ version: z.string() }), request.body);
    if (!databaseEngines[database.engine]?.versions.includes(version))
      throw invalid(`invalid cluster engine version: ${version}`);
    change(database, { version, status: "migrating" });
    return reply.status(204).send();
  });
  app.put<ByCluster>("/v2/databases/:cluster/maintenance", (request, reply) => {
    databases.patch(one(request).id, { maintenance_window: parse(maintenance, request.body) });
    return reply.status(204).send();
  });
  app.put<ByCluster>("/v2/databases/:cluster/install_update", (request, reply) => {
    requireOnline(one(request));
    return reply.status(204).send();
  });
}

/** A cluster that was deleted while it was made takes its server with it. */
function bringOnline(cloud: Cloud, id: string): Promise<void> | undefined {
  const database = cloud.databases.get(id);
  const making = database && cloud.machines.createDatabase(showDatabase(cloud, database));
  return whenDone(making, (endpoint) => {
    if (!cloud.databases.patch(id, { status: "online", endpoint: endpoint ?? null }))
      cloud.machines.deleteDatabase(id);
  });
}
