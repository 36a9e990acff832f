/** The ports on which servers answer each other; the host firewall and DigitalOcean's are both made from them. */
export const ports = {
  https: 443,
  mysql: 3306,
  /** Tells whether the database server takes writes, for the applications' proxies. */
  databaseHealth: 9200,
  /** Galera: state transfer, replication, incremental state transfer. */
  galera: [4444, 4567, 4568],
} as const;

/** Where nginx tells its own agent its counters; on the loopback interface. */
export const statusPort = 8080;
