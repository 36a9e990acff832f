/** Ports of other services on the servers: the application can't have them. */
export const reservedPorts: Readonly<Record<number, string>> = {
  3306: "the database",
  4444: "the database cluster's state transfer",
  4567: "the database cluster's replication",
  4568: "the database cluster's incremental state transfer",
  8404: "the local proxy's statistics",
  9200: "the database's health",
};

/** Environment variables that the program sets for the application itself. */
export const reservedVariables = [/^PORT$/, /^DATABASE_/, /^TLS_/];
