import { z } from "zod";

const event = <N extends string, T extends z.ZodRawShape>(name: N, shape: T) =>
  z.strictObject({ event: z.literal(name), ...shape });
const number = z.number().nonnegative();
const seconds = number.describe("seconds");
const backupKind = z.enum(["full", "binlog", "restore-test"]);

/**
 * What no receiver of the agent sees, timers on the server write to the journal: one JSON object a message. All
 * but `backup` are written every minute, whether things are well or not, so that silence tells something too.
 */
export const events = {
  /** A certificate file that the server uses; `days_left` is negative once it has expired, 0 where it cannot be read. */
  certificate: event("certificate", { path: z.string(), name: z.string(), days_left: z.number() }),
  /** The clock; `offset_seconds` is negative where it is slow. */
  clock: event("clock", { offset_seconds: z.number(), synchronised: z.boolean() }),
  /** The units that have failed, but for those that `service` tells of. */
  units: event("units", { failed: z.array(z.string()), count: number }),
  /** A unit that the server's roles need, one message for each: nginx.service, mariadb.service, … */
  service: event("service", { unit: z.string(), active: z.boolean() }),
  /** The agent, by its own health check, its memory now, and the processor time that it used since it was started. */
  agent: event("agent", { healthy: z.boolean(), memory_bytes: number, cpu_seconds: seconds }),
  /** A file system that should be writable, and how full it is; one message for each. */
  filesystem: event("filesystem", {
    mount: z.string(),
    read_only: z.boolean(),
    used_percent: number.max(100),
  }),
  /** A backup, or its proof, that has ended, well or not; written once for each. */
  backup: event("backup", { kind: backupKind, ok: z.boolean(), seconds, bytes: number }),
  /** How long ago the last good one ended (or, before there is any, since when it is waited for). */
  backup_age: event("backup_age", { kind: backupKind, hours: number }),
  /** The server that takes writes: whether commits wait for a replica, and how many replicas acknowledge. */
  writer: event("writer", { semi_sync: z.boolean(), replicas: number }),
  /** A replica: whether it replicates, and how far it is behind (0 where it does not replicate). */
  replica: event("replica", { replicating: z.boolean(), lag_seconds: seconds }),
  /**
   * A Galera node: `size` of the part that it sees, whether it is `ready` to take queries (in the primary part and
   * synced), and `flow_control_paused`, the share (0 to 1) of the last minute that it waited for a slower node.
   */
  cluster: event("cluster", { size: number, ready: z.boolean(), flow_control_paused: number.max(1) }),
} as const;

/** A message of the journal that a timer wrote. */
export type JournalEvent = {
  [name in keyof typeof events]: z.infer<(typeof events)[name]>;
}[keyof typeof events];
