/** Ports of other services on the servers: the application can't have them. */
export const reservedPorts: Readonly<Record<number, string>> = {
  3306: "the database",
  4444: "the database cluster's state transfer",
  4567: "the database cluster's replication",
  4568: "the database cluster's incremental state transfer",
  6033: "the way to the database",
  8080: "nginx's status",
  8888: "the agent's own metrics",
  9200: "the database's health",
  13133: "the agent's health",
};

/** Environment variables that the program sets for the application itself. */
export const reservedVariables = [/^PORT$/, /^SERVER_NAME$/, /^SITE$/, /^TLS_/, /^DATABASE_/];
