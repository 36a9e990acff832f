import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { DatabaseEndpoint } from "../core/backend";
import { ApiError } from "../core/errors";
import { databaseProtocols } from "./catalog/databases";
import type { Cloud } from "./cloud";
import type { maintenance } from "./database-input";
import { projectOf } from "./projects";

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

/** Path of what belongs to a cluster. */
export type ByCluster = { Params: { cluster: string } };

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
