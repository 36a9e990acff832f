import type { z } from "zod";
import { SumoError } from "../errors";
import type { timeRangeSchema } from "../panels";
import type { Range } from "./functions";

type TimeRange = z.output<typeof timeRangeSchema>;
type Boundary = Extract<TimeRange, { type: "BeginBoundedTimeRange" }>["from"];

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A time range as it is when it is asked for, `now` in milliseconds since the epoch. @throws SumoError 400. */
export function resolveRange(range: TimeRange, now: number): Range {
  if (range.type === "CompleteLiteralTimeRange") return { from: literal(range.rangeName, now), to: now };
  const from = resolve(range.from, now);
  const to = range.to ? resolve(range.to, now) : now;
  if (from < to) return { from, to };
  throw new SumoError(400, "bad_request", "timeRange: must begin before it ends");
}

function resolve(boundary: Boundary, now: number): number {
  switch (boundary.type) {
    case "RelativeTimeRangeBoundary":
      return now - span(boundary.relativeTime);
    case "EpochTimeRangeBoundary":
      return boundary.epochMillis;
    case "Iso8601TimeRangeBoundary":
      return Date.parse(boundary.iso8601Time);
    case "LiteralTimeRangeBoundary":
      return literal(boundary.rangeName, now);
  }
}

/** A length such as -1h30m, in milliseconds. */
export function span(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * 1000 * (units[unit] ?? 0), 0);
}

function literal(name: string, now: number): number {
  if (name === "now") return now;
  if (name === "today") return Math.floor(now / 86_400_000) * 86_400_000;
  throw new SumoError(400, "bad_request", `timeRange: ${name} is not known here; now and today are`);
}
