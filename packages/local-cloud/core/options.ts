import type { Queries } from "../sumologic/query/queries";
import type { Backend } from "./backend";

/** How a local cloud is started. */
export interface LocalCloudOptions {
  /** Port of the DigitalOcean API on 127.0.0.1; 0 (the default) takes a free one. */
  readonly digitaloceanPort?: number;
  /** Port of the Sumo Logic API on 127.0.0.1; 0 (the default) takes a free one. */
  readonly sumologicPort?: number;
  /** Port of Spaces, which speaks S3, on 127.0.0.1; 0 (the default) takes a free one. */
  readonly spacesPort?: number;
  /** Port of the console on 127.0.0.1; 0 (the default) takes a free one. */
  readonly consolePort?: number;
  /** How long the clouds take: `instant` (default) for tests, `realistic`, or given in milliseconds by name. */
  readonly latency?: "instant" | "realistic" | Readonly<Record<string, number>>;
  /** File that holds the state across restarts; without it the state is gone at the end. */
  readonly stateFile?: string;
  /** Faults to inject from the start; more at run time through the admin endpoint. */
  readonly faults?: readonly Fault[];
  /** Whether the APIs' own rate limits hold. Default true. */
  readonly rateLimits?: boolean;
  /** Droplets the account may have. Default 25, as a new account's. */
  readonly dropletLimit?: number;
  /** By how much the windows and intervals of monitors, and those in their queries, are shortened. Default 1. */
  readonly timeScale?: number;
  /** What gives droplets a body; none by default. */
  readonly backend?: Backend;
}

/** A fault: which calls fail (the n-th of the matching ones, or a share of them) and how. */
export interface Fault {
  readonly api?: "digitalocean" | "sumologic";
  readonly method?: string;
  /** Regular expression on the path. */
  readonly path?: string;
  /** From 0 to 1. */
  readonly share?: number;
  /** Counted from 1 over the matching calls. */
  readonly nth?: number;
  /**
   * The answer to the call; `drop` closes the connection before it is carried out, `drop-after` after; a
   * `stall` answers late; `slow` makes the work that the call starts (a droplet, a balancer) take `workMs`.
   */
  readonly effect: "429" | "500" | "503" | "drop" | "drop-after" | "stall" | "slow";
  /** Length of a stall, in milliseconds. */
  readonly stallMs?: number;
  /** Length of slow work in milliseconds of the cloud's clock; without it the work never ends. */
  readonly workMs?: number;
}

/** A running local cloud. */
export interface LocalCloud {
  readonly digitalocean: { readonly endpoint: string; readonly token: string };
  /** The key may do everything; others are made through DigitalOcean's API. */
  readonly spaces: { readonly endpoint: string; readonly accessId: string; readonly secretKey: string };
  /** `endpoint` ends in `/api/`, as the provider wants it. */
  readonly sumologic: {
    readonly endpoint: string;
    readonly accessId: string;
    readonly accessKey: string;
    /** Runs queries over what the sources took in, without the API's jobs. */
    readonly queries: Queries;
  };
  /** Address of the page that shows all of it. */
  readonly console: string;
  close(): Promise<void>;
}
