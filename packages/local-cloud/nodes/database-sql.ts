import type { DatabaseObject } from "./world";

/** What a server was given before, so that what the API no longer has can go. */
export interface Given {
  readonly databases: readonly string[];
  readonly users: readonly string[];
}

/** The statements that bring a server's databases and accounts to the API's; those of its own stay. */
export function statements(wanted: Pick<DatabaseObject, "db_names" | "users">, given: Given): string {
  const names = wanted.users.map(({ name }) => name);
  return [
    ...given.databases
      .filter((name) => !wanted.db_names.includes(name))
      .map((name) => `DROP DATABASE IF EXISTS ${identifier(name)}`),
    ...given.users
      .filter((name) => !names.includes(name))
      .map((name) => `DROP USER IF EXISTS ${account(name)}`),
    ...wanted.db_names.map((name) => `CREATE DATABASE IF NOT EXISTS ${identifier(name)}`),
    ...wanted.users.flatMap(({ name, password }) => [
      `CREATE USER IF NOT EXISTS ${account(name)}`,
      `ALTER USER ${account(name)} IDENTIFIED BY ${literal(password)} REQUIRE SSL`,
      `GRANT ALL PRIVILEGES ON *.* TO ${account(name)} WITH GRANT OPTION`,
    ]),
    "",
  ].join(";\n");
}

const identifier = (name: string): string => `\`${name.replaceAll("`", "``")}\``;
const literal = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
const account = (name: string): string => `${literal(name)}@'%'`;
