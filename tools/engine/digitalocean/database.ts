import { type Maker, posted } from "../kind";
import { given, list, object, omit, type Props, snake, text } from "../props";
import type { Api } from "../rest";

const of = (inputs: Props) => `/v2/databases/${text(inputs.clusterId)}`;

/** Managed databases: the cluster and what lives in it. */
export const database: Readonly<Record<string, Maker>> = {
  DatabaseCluster: async (inputs, api) => {
    const made = await cluster(inputs, api);
    for (const window of list(inputs.maintenanceWindows)) {
      await api.call("PUT", `/v2/databases/${made.id}/maintenance`, snake(object(window)));
    }
    if (inputs.sqlMode !== undefined) {
      await api.call("PUT", `/v2/databases/${made.id}/sql_mode`, { sql_mode: text(inputs.sqlMode) });
    }
    return made;
  },
  DatabaseDb: posted({
    path: (inputs) => `${of(inputs)}/dbs`,
    wrap: "db",
    body: ({ name }) => given({ name }),
    id: (db, inputs) => `${text(inputs.clusterId)}/database/${text(db.name)}`,
  }),
  DatabaseUser: posted({
    path: (inputs) => `${of(inputs)}/users`,
    wrap: "user",
    body: ({ name, mysqlAuthPlugin }) =>
      given({ name, mysql_settings: mysqlAuthPlugin && { auth_plugin: mysqlAuthPlugin } }),
    id: (user, inputs) => `${text(inputs.clusterId)}/user/${text(user.name)}`,
  }),
  DatabaseFirewall: async (inputs, api) => {
    const rules = list(inputs.rules).map((rule) => {
      const { type, value } = object(rule);
      return given({ type, value });
    });
    await api.call("PUT", `${of(inputs)}/firewall`, { rules });
    return { id: `${text(inputs.clusterId)}-firewall`, outputs: inputs };
  },
  DatabaseMysqlConfig: async (inputs, api) => {
    await api.call("PATCH", `${of(inputs)}/config`, { config: snake(omit(inputs, "clusterId")) });
    return { id: `${text(inputs.clusterId)}/mysql-config`, outputs: inputs };
  },
};

/** The certificate authority of a cluster, decoded. */
export async function databaseCa({ clusterId }: Props, api: Api): Promise<Props> {
  const { ca } = await api.call("GET", `/v2/databases/${text(clusterId)}/ca`);
  const certificate = Buffer.from(text(object(ca).certificate), "base64").toString();
  return { id: text(clusterId), clusterId: text(clusterId), certificate };
}

const cluster = posted({
  path: "/v2/databases",
  wrap: "database",
  body: ({ nodeCount, storageSizeMib, ...rest }) =>
    given({
      ...snake(omit(rest, "maintenanceWindows", "sqlMode")),
      num_nodes: nodeCount,
      storage_size_mib: storageSizeMib === undefined ? undefined : Number(storageSizeMib),
    }),
  ready: (made) => made.status === "online",
  outputs: (made) => {
    const open = object(made.connection);
    const inside = object(made.private_connection);
    return {
      clusterUrn: `do:dbaas:${text(made.id)}`,
      host: text(open.host),
      privateHost: text(inside.host),
      port: Number(open.port),
      uri: text(open.uri),
      privateUri: text(inside.uri),
      database: text(open.database),
      user: text(open.user),
      password: text(open.password),
      storageSizeMib: text(made.storage_size_mib),
    };
  },
});
