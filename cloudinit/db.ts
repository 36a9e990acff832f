import { createHash } from "node:crypto";
import { share } from "./memory";
import type { Part, ServerFile } from "./part";
import { ports } from "./ports";
import { sandbox } from "./sandbox";
import type { DatabaseSpec, ServerSpec } from "./server";
import { template } from "./template";

type OwnDatabase = Exclude<DatabaseSpec, { mode: "managed" }>;

/** MariaDB on the data volume, and what keeps it in its role. */
export function db(spec: ServerSpec): Part {
  const { label, zone, database } = spec;
  if (database.mode === "managed") {
    throw new Error(`${spec.name}: the role db goes with a database of its own, not with a managed one.`);
  }
  const { mode, name, generation, volume } = database;
  const galera = mode === "cluster";
  return {
    packages: [
      "mariadb-server",
      "python3-pymysql",
      "e2fsprogs",
      ...(galera ? ["galera-4", "mariadb-backup", "socat"] : []),
    ],
    files: [
      {
        path: "/etc/mysql/mariadb.conf.d/60-site.cnf",
        content: template("db/mariadb.cnf", { label, zone }),
      },
      { path: "/etc/systemd/system/mariadb.service.d/site.conf", content: template("db/mariadb-unit.conf") },
      sandbox("mariadb", "debian"),
      {
        path: "/usr/local/sbin/database-memory",
        content: template("db/database-memory.sh", { percent: share(spec, "db") }),
        mode: "0755",
      },
      {
        path: "/etc/systemd/system/database-volume.service",
        content: template("db/database-volume.service"),
      },
      {
        path: "/usr/local/sbin/database-volume",
        content: template("db/database-volume.sh", { volume }),
        mode: "0755",
      },
      { path: "/etc/systemd/system/database-node.service", content: template("db/database-node.service") },
      sandbox("database-node", "own"),
      {
        path: "/etc/database/environment",
        content: template("db/environment", {
          label,
          zone,
          port: ports.databaseHealth,
          database: name,
          generation,
        }),
      },
      {
        path: "/etc/systemd/system/database-leave.service",
        content: template("db/database-leave.service"),
      },
      {
        path: "/usr/local/sbin/database-leave",
        content: template("db/database-leave.sh", { volume }),
        mode: "0755",
      },
      ...secrets(database),
      ...["main.py", "node.py", "peers.py", "accounts.py"].map((file) => program(file, "node")),
      program("roles.py", mode),
      ...(galera ? clusterFiles(spec) : replicaFiles(spec)),
    ],
    serves: [ports.mysql, ports.databaseHealth, ...(galera ? ports.galera : [])],
    calls: [ports.mysql, ports.databaseHealth, ...(galera ? ports.galera : [])],
    units: ["database-volume.service", "mariadb.service", "database-node.service", "database-leave.service"],
  };
}

/** The passwords of the accounts that come over the network, by the name of their file. */
const secrets = (database: OwnDatabase): ServerFile[] =>
  Object.entries({
    "app-password": database.password,
    "next-app-password": database.nextPassword,
    "replication-password": database.replicationPassword,
    "next-replication-password": database.nextReplicationPassword,
  }).map(([name, content]) => ({ path: `/etc/database/secrets/${name}`, content, mode: "0400" }));

const clusterFiles = ({ label, stack, zone }: ServerSpec): ServerFile[] => [
  {
    path: "/etc/mysql/mariadb.conf.d/61-cluster.cnf",
    content: template("db/cluster/mariadb.cnf", { label, zone, cluster: stack }),
  },
  { path: "/etc/systemd/system/mariadb.service.d/cluster.conf", content: template("db/cluster/unit.conf") },
  program("start.py", "cluster"),
];

const replicaFiles = ({ label }: ServerSpec): ServerFile[] => [
  {
    path: "/etc/mysql/mariadb.conf.d/61-primary-replica.cnf",
    content: template("db/primary-replica/mariadb.cnf", { serverId: serverId(label) }),
  },
  program("terms.py", "primary-replica"),
  program("replication.py", "primary-replica"),
  {
    path: "/usr/local/sbin/database-promote",
    content: template("db/primary-replica/database-promote.sh", { port: ports.databaseHealth }),
    mode: "0755",
  },
];

const program = (file: string, folder: OwnDatabase["mode"] | "node"): ServerFile => ({
  path: `/opt/database-node/${file}`,
  content: template(`db/${folder}/${file}`),
});

/** Replication tells servers apart by a number: here by their label's hash. */
const serverId = (label: string) => createHash("sha256").update(label).digest().readUInt32BE() || 1;
