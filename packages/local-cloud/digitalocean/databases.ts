import { randomBytes, randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DatabaseEndpoint } from "../core/backend";
import { ApiError } from "../core/errors";
import { found, invalid } from "./answers";
import { databaseEngines, databaseProtocols } from "./catalog/databases";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { checkCluster, checkLayout, checkStorage, creation, maintenance, resize } from "./database-input";
import { parse } from "./input";
import { assign, forget, projectOf } from "./projects";
import { ensureTags } from "./tags";
import { vpcFor } from "./vpcs";

export interface DatabaseUser {
  readonly name: string;
  readonly role: "primary" | "normal";
  readonly password: string;
  readonly mysql_settings?: { readonly auth_plugin: string };
}

export interface TrustedSource {
  readonly uuid: string;
  readonly cluster_uuid: string;
  readonly type: string;
  readonly value: string;
  readonly description: string;
  readonly created_at: string;
}

export interface Database {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly num_nodes: number;
  readonly size: string;
  readonly region: string;
  readonly status: "creating" | "online" | "resizing" | "migrating";
  readonly created_at: string;
  readonly private_network_uuid: string;
  readonly tags: readonly string[];
  readonly storage_size_mib: number;
  readonly db_names: readonly string[];
  readonly users: readonly DatabaseUser[];
  readonly rules: readonly TrustedSource[];
  readonly maintenance_window: z.output<typeof maintenance>;
  /** Where it really runs, once a backend made it. */
  readonly endpoint: DatabaseEndpoint | null;
}

export type ByCluster = { Params: { cluster: string } };

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

/** @throws ApiError 412 */
export function requireOnline(database: Database): void {
  if (database.status !== "online") throw new ApiError(412, `cluster is currently ${database.status}`);
}

export const newPassword = () => `AVNS_${randomBytes(15).toString("base64url")}`;

/** A cluster as the API shows it. */
export function showDatabase(cloud: Cloud, { endpoint, ...database }: Database) {
  const connections = connectionsOf({ endpoint, ...database }, database.name);
  return {
    ...database,
    ...connections,
    semantic_version: database.version.includes(".") ? database.version : `${database.version}.0`,
    maintenance_window: { ...database.maintenance_window, pending: false, description: [] },
    metrics_endpoints: [{ host: connections.connection.host, port: 9273 }],
    project_id: projectOf(cloud, `do:dbaas:${database.id}`),
  };
}

/** How to connect from anywhere and from within the VPC. */
export function connectionsOf(database: Database, hostName: string) {
  const { engine, endpoint, users } = database;
  const [protocol = "", port = 0, first = ""] = databaseProtocols[engine] ?? [];
  const host = `${hostName}-do-user-1-0.k.db.ondigitalocean.com`;
  const connect = (to: string) => {
    const [user] = users;
    const real = {
      user: endpoint?.user ?? user?.name ?? "",
      password: endpoint?.password ?? user?.password ?? "",
      port: endpoint?.port ?? port,
    };
    const query = engine === "mysql" ? "?ssl-mode=REQUIRED" : engine === "pg" ? "?sslmode=require" : "";
    const uri = `${protocol}://${real.user}:${real.password}@${to}:${real.port}/${first}${query}`;
    return { protocol, uri, database: first, host: to, ssl: true, ...real };
  };
  return {
    connection: connect(endpoint?.host ?? host),
    private_connection: connect(endpoint?.privateHost ?? `private-${host}`),
  };
}

function bringOnline(cloud: Cloud, id: string): Promise<void> | undefined {
  const database = cloud.databases.get(id);
  const making = database && cloud.machines.createDatabase(showDatabase(cloud, database));
  if (making)
    return making.then((endpoint) => void cloud.databases.patch(id, { status: "online", endpoint }));
  cloud.databases.patch(id, { status: "online" });
  return undefined;
}
