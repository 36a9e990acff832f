import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid, notFound } from "./answers";
import type { Cloud } from "./cloud";
import { type ByCluster, type Database, type DatabaseUser, newPassword, requireOnline } from "./database";
import { trustedSource } from "./database-input";
import { list, parse } from "./input";
import { requireTags } from "./tags";

type ByName = { Params: { cluster: string; name: string } };

const dbName = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, "must have at most 64 letters, numbers, dashes and underscores");
const userName = z
  .string()
  .regex(/^[a-zA-Z0-9_.-]{1,63}$/, "must have at most 63 letters, numbers, dots, dashes and underscores");
const mysqlSettings = z.object({
  auth_plugin: z.enum(["mysql_native_password", "caching_sha2_password"], "is not a known plugin"),
});

/** What lives in a cluster: its databases, users and trusted sources. */
export function addDatabaseChildren(app: FastifyInstance, cloud: Cloud): void {
  const { databases, core } = cloud;
  const one = (request: { params: ByCluster["Params"] }) => found(databases.get(request.params.cluster));
  const user = (request: { params: ByName["Params"] }) => {
    return found(one(request).users.find(({ name }) => name === request.params.name));
  };
  const putUser = (database: Database, changed: DatabaseUser) => {
    const users = database.users.map((before) => (before.name === changed.name ? changed : before));
    databases.patch(database.id, { users });
    return { user: changed };
  };

  app.get<ByCluster>("/v2/databases/:cluster/dbs", (request) => ({
    dbs: one(request).db_names.map((name) => ({ name })),
  }));
  app.post<ByCluster>("/v2/databases/:cluster/dbs", (request, reply) => {
    const database = one(request);
    requireOnline(database);
    const { name } = parse(z.object({ name: dbName }), request.body);
    if (database.db_names.includes(name)) throw invalid("database name is not available");
    databases.patch(database.id, { db_names: [...database.db_names, name] });
    return reply.status(201).send({ db: { name } });
  });
  app.get<ByName>("/v2/databases/:cluster/dbs/:name", (request) => {
    if (!one(request).db_names.includes(request.params.name)) throw notFound();
    return { db: { name: request.params.name } };
  });
  app.delete<ByName>("/v2/databases/:cluster/dbs/:name", (request, reply) => {
    const { id, db_names: names } = one(request);
    if (!names.includes(request.params.name)) throw notFound();
    databases.patch(id, { db_names: names.filter((name) => name !== request.params.name) });
    return reply.status(204).send();
  });

  app.get<ByCluster>("/v2/databases/:cluster/users", (request) => ({ users: one(request).users }));
  app.post<ByCluster>("/v2/databases/:cluster/users", (request, reply) => {
    const database = one(request);
    requireOnline(database);
    const schema = z.object({ name: userName, mysql_settings: mysqlSettings.nullish() });
    const { name, mysql_settings: settings } = parse(schema, request.body);
    if (database.users.some((other) => other.name === name)) throw invalid("user name is not available");
    const plugin = settings ?? { auth_plugin: "caching_sha2_password" };
    const made: DatabaseUser = {
      name,
      role: "normal",
      password: newPassword(),
      ...(database.engine === "mysql" ? { mysql_settings: plugin } : {}),
    };
    databases.patch(database.id, { users: [...database.users, made] });
    return reply.status(201).send({ user: made });
  });
  app.get<ByName>("/v2/databases/:cluster/users/:name", (request) => ({ user: user(request) }));
  app.put<ByName>("/v2/databases/:cluster/users/:name", (request, reply) =>
    reply.status(201).send({ user: user(request) }),
  );
  app.post<ByName>("/v2/databases/:cluster/users/:name/reset_auth", (request) => {
    const { mysql_settings: settings } = parse(
      z.object({ mysql_settings: mysqlSettings.nullish() }),
      request.body,
    );
    const renewed = {
      ...user(request),
      password: newPassword(),
      ...(settings ? { mysql_settings: settings } : {}),
    };
    return putUser(one(request), renewed);
  });
  app.delete<ByName>("/v2/databases/:cluster/users/:name", (request, reply) => {
    const { id, users } = one(request);
    const gone = user(request);
    if (gone.role === "primary") throw invalid("the primary user can not be deleted");
    databases.patch(id, { users: users.filter((other) => other !== gone) });
    return reply.status(204).send();
  });

  app.get<ByCluster>("/v2/databases/:cluster/firewall", (request) => ({ rules: one(request).rules }));
  app.put<ByCluster>("/v2/databases/:cluster/firewall", (request, reply) => {
    const database = one(request);
    const { rules } = parse(z.object({ rules: list(trustedSource) }), request.body);
    for (const rule of rules) checkSource(cloud, rule);
    const rule = (given: (typeof rules)[number]) =>
      database.rules.find((known) => known.uuid === given.uuid) ?? {
        ...given,
        uuid: randomUUID(),
        cluster_uuid: database.id,
        created_at: core.clock.stamp(),
      };
    databases.patch(database.id, { rules: rules.map(rule) });
    return reply.status(204).send();
  });
}

/** @throws ApiError 422 where the source doesn't exist or is no address. */
function checkSource(cloud: Cloud, { type, value }: { readonly type: string; readonly value: string }): void {
  if (type === "droplet" && !cloud.droplets.get(value))
    throw invalid(`invalid firewall rule: droplet ${value} does not exist`);
  if (type === "tag") requireTags(cloud, [value]);
  if (type === "ip_addr" && !z.union([z.ipv4(), z.cidrv4()]).safeParse(value).success) {
    throw invalid(`invalid firewall rule: ${value} is not an IPv4 address or CIDR`);
  }
}
