import { createHash } from "node:crypto";

const day = 24;

/** Life of the internal authority, in hours: ten years. */
export const rootHours = 3650 * day;

/** A leaf is renewed by the first `pulumi up` within this many hours of its end. */
export const renewalHours = 60 * day;

/**
 * Life of a leaf, in hours: a year and up to 60 days more, by the server's name. A renewal replaces the
 * server, and the spread keeps two servers from being due on the same day; other servers do not matter to it.
 */
export function leafHours(label: string): number {
  const spread = createHash("sha256").update(label).digest().readUInt16BE(0) % 60;
  return (365 + spread) * day;
}
