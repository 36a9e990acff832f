import { createHash } from "node:crypto";
import { share } from "./memory";
import type { Part } from "./part";
import { ports } from "./ports";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** MariaDB on the data volume, and what keeps it in its role. */
export function db(spec: ServerSpec): Part {
  const { label, zone, database } = spec;
  if (database.mode === "managed")
    throw new Error(`${spec.name}: the role db needs a database of our own, not a managed one.`);
  return {
    packages: ["mariadb-server", "python3-pymysql", "e2fsprogs"],
    files: [
      {
        path: "/etc/mysql/mariadb.conf.d/60-site.cnf",
        content: template("db/mariadb.cnf", {
          label,
          zone,
          serverId: serverId(label),
          bufferMib: share(spec, "db"),
        }),
      },
      {
        path: "/etc/mysql/mariadb.conf.d/61-primary-replica.cnf",
        content: template("db/primary-replica.cnf"),
      },
      { path: "/etc/systemd/system/mariadb.service.d/site.conf", content: template("db/mariadb-unit.conf") },
      {
        path: "/etc/systemd/system/database-volume.service",
        content: template("db/database-volume.service"),
      },
      {
        path: "/usr/local/sbin/database-volume",
        content: template("db/database-volume.sh", { volume: database.volume }),
        mode: "0755",
      },
      {
        path: "/etc/systemd/system/database-node.service",
        content: template("db/database-node.service", {
          label,
          zone,
          port: ports.databaseHealth,
          database: database.name,
          user: database.user,
        }),
      },
      ...["main.py", "node.py", "peers.py", "roles.py"].map((name) => ({
        path: `/opt/database-node/${name}`,
        content: template(`db/node/${name}`),
      })),
      { path: "/etc/database/app-password", content: database.password, mode: "0400" },
      { path: "/etc/database/replication-password", content: database.replicationPassword, mode: "0400" },
    ],
    serves: [ports.mysql, ports.databaseHealth],
    calls: [ports.mysql, ports.databaseHealth],
    units: ["database-volume.service", "mariadb.service", "database-node.service"],
  };
}

/** Replication tells servers apart by a number: here by their label's hash. */
const serverId = (label: string) => createHash("sha256").update(label).digest().readUInt32BE() || 1;
