import type { Role } from "../../config/schema";

/** What a box stands for; decides its colour. */
export type Tone = "outside" | "balancer" | Role | "watching" | "told";

/** Something with a name, and lines that say more. */
export interface Box {
  readonly id: string;
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
  /** Frame that it lies in. */
  readonly frame?: string | undefined;
}

/** What surrounds boxes: a network, an account. */
export interface Frame {
  readonly id: string;
  /** A network holds the servers; an account holds what watches them. */
  readonly kind: "network" | "account";
  readonly title: string;
  readonly lines: readonly string[];
}

/** One server, or several alike, with a cell for each role. */
export interface Unit {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Number of servers. */
  readonly count: number;
  readonly cells: readonly Cell[];
  readonly frame?: string | undefined;
}

export interface Cell {
  readonly id: string;
  readonly role: Role;
  readonly lines: readonly string[];
}

/** Traffic from some boxes or cells to others, drawn as one line that they all share. */
export interface Bus {
  readonly id: string;
  readonly text: string;
  readonly tls: boolean;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** A line between two boxes or frames: traffic, what is configured by what, or what watches what. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly tls: boolean;
  readonly style: "traffic" | "uses" | "watches";
}

/** What is drawn, whatever the format. */
export interface Picture {
  readonly title: string;
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly units: readonly Unit[];
  readonly buses: readonly Bus[];
  readonly arrows: readonly Arrow[];
}
