import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, invalid } from "./answers";
import { Authority } from "./authority";
import { mysqlDefaults, mysqlLimits } from "./catalog/mysql-config";
import type { Cloud } from "./cloud";
import { type ByCluster, type Database, newPassword } from "./database";
import { parse } from "./input";

/** A cluster's settings beside what it shows of itself. */
export interface DatabaseSettings {
  readonly config: Readonly<Record<string, unknown>>;
  readonly evictionPolicy: string;
  readonly autoscale: z.output<typeof autoscale>;
  readonly serviceCnames: readonly string[];
}

const autoscale = z.object({
  storage: z.object({
    enabled: z.boolean(),
    threshold_percent: z.int().min(15).max(95).optional(),
    increment_gib: z.int().min(10).max(500).optional(),
  }),
});
const policies = [
  "noeviction",
  "allkeys_lru",
  "allkeys_random",
  "volatile_lru",
  "volatile_random",
  "volatile_ttl",
] as const;
const defaults: DatabaseSettings = {
  config: {},
  evictionPolicy: "noeviction",
  autoscale: { storage: { enabled: false } },
  serviceCnames: [],
};
const day = 86_400_000;

export function addDatabaseSettings(app: FastifyInstance, cloud: Cloud): void {
  const { databases, databaseSettings, core } = cloud;
  const authority = new Authority(core.store, core.clock, "Local Cloud Databases");
  const metrics = core.store.collection<{ password: string }>("digitalocean/metrics-credentials");
  const one = (request: { params: ByCluster["Params"] }) => found(databases.get(request.params.cluster));
  const settings = ({ id }: Database) => databaseSettings.get(id) ?? defaults;
  const change = (database: Database, fields: Partial<DatabaseSettings>) => {
    databaseSettings.put(database.id, { ...settings(database), ...fields });
  };
  const config = (database: Database): Record<string, unknown> => ({
    ...(database.engine === "mysql" ? mysqlDefaults : {}),
    ...settings(database).config,
  });
  const path = (name: string) => `/v2/databases/:cluster/${name}`;

  app.get<ByCluster>(path("config"), (request) => ({ config: config(one(request)) }));
  app.patch<ByCluster>(path("config"), (request, reply) => {
    const database = one(request);
    const given = parse(z.object({ config: z.record(z.string(), z.unknown()) }), request.body).config;
    if (database.engine === "mysql") checkMysql(given);
    change(database, { config: { ...settings(database).config, ...given } });
    return reply.send();
  });
  app.get<ByCluster>(path("sql_mode"), (request) => ({ sql_mode: config(one(request)).sql_mode ?? "" }));
  app.put<ByCluster>(path("sql_mode"), (request, reply) => {
    const database = one(request);
    if (database.engine !== "mysql") throw invalid("sql_mode is only supported for MySQL clusters");
    const { sql_mode } = parse(z.object({ sql_mode: z.string() }), request.body);
    change(database, { config: { ...settings(database).config, sql_mode } });
    return reply.status(204).send();
  });
  app.get<ByCluster>(path("eviction_policy"), (request) => ({
    eviction_policy: settings(one(request)).evictionPolicy,
  }));
  app.put<ByCluster>(path("eviction_policy"), (request, reply) => {
    const database = one(request);
    const { eviction_policy } = parse(
      z.object({ eviction_policy: z.enum(policies, "is not a known policy") }),
      request.body,
    );
    change(database, { evictionPolicy: eviction_policy });
    return reply.status(204).send();
  });
  app.get<ByCluster>(path("autoscale"), (request) => ({ autoscale: settings(one(request)).autoscale }));
  app.put<ByCluster>(path("autoscale"), (request, reply) => {
    change(one(request), { autoscale: parse(autoscale, request.body) });
    return reply.status(204).send();
  });
  app.get<ByCluster>(path("do_settings"), (request) => ({
    do_settings: { service_cnames: settings(one(request)).serviceCnames },
  }));
  app.put<ByCluster>(path("do_settings"), (request, reply) => {
    const schema = z.object({
      do_settings: z.object({ service_cnames: z.array(z.hostname("must be host names")) }),
    });
    change(one(request), { serviceCnames: parse(schema, request.body).do_settings.service_cnames });
    return reply.status(204).send();
  });
  app.get<ByCluster>(path("ca"), async (request) => {
    const certificate = one(request).endpoint?.authority ?? (await authority.root()).certificate;
    return { ca: { certificate: Buffer.from(certificate).toString("base64") } };
  });
  app.get<ByCluster>(path("backups"), (request) => ({ backups: backups(one(request), core.clock.now()) }));
  app.get<ByCluster>(path("events"), (request) => {
    const { id, name, created_at } = one(request);
    return { events: [{ id, cluster_name: name, event_type: "cluster_create", create_time: created_at }] };
  });
  app.get("/v2/databases/metrics/credentials", () => {
    const { password } = metrics.get("account") ?? metrics.put("account", { password: newPassword() });
    return { credentials: { basic_auth_username: "metrics", basic_auth_password: password } };
  });
  app.put("/v2/databases/metrics/credentials", (request, reply) => {
    const schema = z.object({ credentials: z.object({ basic_auth_password: z.string().min(1) }) });
    metrics.put("account", { password: parse(schema, request.body).credentials.basic_auth_password });
    return reply.status(204).send();
  });
}

/** One backup a day since the cluster was made, kept for seven days. */
function backups({ created_at }: Database, now: number) {
  const born = Date.parse(created_at);
  const last = Math.floor((now - born) / day);
  const kept = Array.from({ length: Math.min(last, 7) }, (_, age) => born + (last - age) * day);
  return kept.map((at) => ({
    created_at: new Date(at).toISOString().replace(".000", ""),
    size_gigabytes: 0.03,
  }));
}

/** @throws ApiError 422 that names the setting and its limits. */
function checkMysql(given: Readonly<Record<string, unknown>>): void {
  const known: Readonly<Record<string, unknown>> = mysqlDefaults;
  for (const [name, value] of Object.entries(given)) {
    if (name in known && typeof value !== typeof known[name])
      throw invalid(`config.${name} must be a ${typeof known[name]}`);
    const [lowest, highest] = mysqlLimits[name] ?? [];
    if (
      typeof value === "number" &&
      lowest !== undefined &&
      highest !== undefined &&
      (value < lowest || value > highest)
    ) {
      throw invalid(`config.${name} must be between ${lowest} and ${highest}`);
    }
  }
}
