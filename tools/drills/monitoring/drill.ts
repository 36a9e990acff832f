import type { Json } from "../../engine/props";
import type { Live } from "../../live";

/** Something that is done to a running stack, and what its monitoring has to show of it. */
export interface MonitoringDrill {
  readonly name: string;
  /** What must hold, in a sentence for people. */
  readonly promise: string;
  /**
   * How the balancer reaches the servers. With `passthrough` it costs a fraction: else it begins a TLS connection for
   * each request, as DigitalOcean's does.
   * @default reencrypt
   */
  readonly tls?: "passthrough";
  /** Settings of the stack in the place of the sandbox's, where windows and intervals are shortened so much. */
  settings?(timeScale: number): Readonly<Record<string, Json>>;
  run(watched: Watched): Promise<Findings>;
}

/** A stack in service whose servers have their agents. */
export interface Watched {
  readonly live: Live;
  /** By how much the monitors' windows and intervals are shortened. */
  readonly timeScale: number;
  /** Names of the faults to try, where the drill has some. Default: all. */
  readonly faults?: readonly string[] | undefined;
  /** Told what is under way. */
  readonly log: (line: string) => void;
  /** Ends the drill before its time. */
  readonly signal: AbortSignal;
}

/** What came out. */
export interface Findings {
  /** A table for people: the heading, then the rows; the first and the last column are text. */
  readonly table: readonly (readonly string[])[];
  /** What broke the promise, in words; empty where it was kept. */
  readonly broken: readonly string[];
}
