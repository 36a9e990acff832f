import { createHash } from "node:crypto";
import type { LocalCloudOptions } from "./options";

/** Shortest and longest time a piece of work takes, in milliseconds, by the name of the work. */
export type LatencyTable = Readonly<Record<string, readonly [shortest: number, longest: number]>>;

/** How long a piece of work takes, in milliseconds: always the same for the same name and key. */
export type Latency = (name: string, key: string) => number;

/**
 * The latency of one API.
 * @param profile `instant`: 0 for all; `realistic`: spread over the table's ranges by the key; given ones are
 *   taken by name, and what they don't name is instant.
 * @param realistic the API's own table, which names every kind of work it has.
 */
export function createLatency(profile: LocalCloudOptions["latency"], realistic: LatencyTable): Latency {
  if (profile === undefined || profile === "instant") return () => 0;
  if (profile !== "realistic") return (name) => profile[name] ?? 0;
  return (name, key) => {
    const [shortest, longest] = realistic[name] ?? [0, 0];
    return Math.round(shortest + (longest - shortest) * spread(key));
  };
}

function spread(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE() / 2 ** 32;
}
