import { randomBytes, randomInt } from "node:crypto";
import type { Collection } from "../core/store";

/** The user whose access key is used. */
export const userId = "00000000000003E9";

/** Sixteen hexadecimal digits: what content, fields, rules, connections and jobs are known by. */
export function hexId(): string {
  return randomInt(2 ** 28, 2 ** 40)
    .toString(16)
    .toUpperCase()
    .padStart(16, "0");
}

/** A number not yet taken in `collection`: what collectors and sources are known by. */
export function numericId(collection: Collection<object>): number {
  const id = randomInt(100_000_000, 1_000_000_000);
  return collection.get(String(id)) ? numericId(collection) : id;
}

/** Letters and digits: what dashboards are known by. */
export function longId(): string {
  return randomBytes(60).toString("base64").replace(/[+/=]/g, "").slice(0, 60);
}

/** What stands for an HTTP source in its address; whoever knows it may send. */
export function sourceToken(): string {
  return randomBytes(66).toString("base64url");
}
