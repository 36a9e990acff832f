import type { Part } from "./part";
import { ports } from "./ports";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** Commands that carry the application's database from one mode to another, where a server reaches it as its owner. */
export function dump({ roles, database }: ServerSpec): Part {
  const isManaged = database.mode === "managed";
  if (!roles.includes(isManaged ? "app" : "db")) return {};
  const common = {
    database: database.name,
    login: isManaged ? "export MYSQL_PWD; MYSQL_PWD=$(cat /etc/app/database-password)" : "",
    options: isManaged
      ? `--host=${database.host} --port=${database.port} --user=${database.user} --ssl-ca=/etc/tls/database-authority.pem --ssl-verify-server-cert`
      : "--user=root --socket=/run/mysqld/mysqld.sock",
    takesWrites: isManaged
      ? "true"
      : `curl --silent --fail --output /dev/null --max-time 3 --cacert /etc/tls/authority.pem https://localhost:${ports.databaseHealth}/writer`,
  };
  // Of a managed database nobody but DigitalOcean may.
  const makeRoom = isManaged ? "" : template("dump/make-room.sh");
  const command = (name: string, values: Readonly<Record<string, string>>) => ({
    path: `/usr/local/sbin/${name}`,
    content: template(`dump/${name}.sh`, values),
    mode: "0755" as const,
  });
  return {
    packages: isManaged ? ["mariadb-client"] : [],
    files: [command("database-dump", common), command("database-load", { ...common, makeRoom })],
  };
}
