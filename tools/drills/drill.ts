import type { Json } from "../engine/props";
import type { Live, Server } from "../live";
import type { Load } from "./load";

/** Something bad that is done to a running stack, and what must hold all the same. */
export interface Drill {
  readonly name: string;
  /** What must hold, in a sentence for people. */
  readonly promise: string;
  /** What the stack must be for it, in the place of the shape's own settings. */
  readonly settings?: Readonly<Record<string, Json>>;
  /** Whether it changes settings of the stack, for which it needs the Pulumi CLI. */
  readonly changesStack?: true;
  /** Requests a second where nobody says otherwise. Default: 200. */
  readonly rate?: number;
  /** @throws in words for people where the promise is broken in a way that the requests don't show. */
  run(scene: Scene): Promise<void>;
}

/** Where a drill takes place: a stack in service, under load. */
export interface Scene {
  readonly live: Live;
  readonly load: Load;
  /**
   * From now on requests count for this phase.
   * @param tolerated seconds in which requests may fail; default 0
   */
  phase(name: string, tolerated?: number): void;
  /** Ends the drill before its time. */
  readonly signal: AbortSignal;
}

/** A phase of a drill. Times are milliseconds of the epoch. */
export interface Phase {
  readonly name: string;
  readonly from: number;
  /** Requests open before this may fail. */
  readonly toleratedUntil: number;
}

/** What is done to a server. */
export type Deed = (live: Live, server: Server) => Promise<unknown>;
