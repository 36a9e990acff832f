import type { IncomingHttpHeaders } from "node:http";
import type { Origin } from "./origin";

/** A message of a plain text body. */
export interface PlainMessage {
  readonly raw: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** A message a line; empty lines are none. @param now time of messages that don't tell theirs. */
export function messagesOf(body: string, whole: boolean, now: number): PlainMessage[] {
  const texts = whole ? [body] : body.split(/\r?\n/);
  return texts.filter((raw) => raw.trim() !== "").map((raw) => ({ raw, time: timeIn(raw, now) }));
}

/** What the headers of a request say of where its messages came from. */
export function overridden(origin: Origin, headers: IncomingHttpHeaders): Origin {
  const header = (name: string) => String(headers[`x-sumo-${name}`] ?? "");
  const pairs = header("fields")
    .split(",")
    .map((pair) => pair.split("="))
    .flatMap(([name, value]) => (name?.trim() && value ? [[name.trim(), value.trim()]] : []));
  return {
    ...origin,
    category: header("category") || origin.category,
    host: header("host") || origin.host,
    name: header("name") || origin.name,
    fields: { ...origin.fields, ...Object.fromEntries(pairs) },
  };
}

const stamp = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/;
const day = 24 * 60 * 60 * 1000;

/** The first ISO 8601 time near the beginning, in UTC where no zone is given; never one that can't be true. */
function timeIn(raw: string, now: number): number {
  const found = stamp.exec(raw.slice(0, 250))?.[0].replace(",", ".").replace(" ", "T");
  const time = found ? Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(found) ? found : `${found}Z`) : Number.NaN;
  return time > now - 365 * day && time < now + 2 * day ? time : now;
}
