import { z } from "zod";
import { ApiError } from "../core/errors";
import { SumoError } from "./errors";

/**
 * Checks a body or a query; null counts as absent, as clients write it.
 * @throws ApiError 400 that names the first fault.
 */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(withoutNulls(input) ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(400, `${issue?.path.join(".") || "request"}: ${issue?.message}`);
}

function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}

export const text = (longest: number) => z.string().max(longest);
export const name = (longest: number) => z.string().trim().min(1).max(longest);
export const stringMap = z.record(z.string(), z.string());
export const json = z.string().refine(isJson, "must be JSON");
export const timeZone = z.string().refine(isTimeZone, "must be a time zone of the IANA database");
/** Seconds, minutes, hours, days or weeks back from now; the sign may be left out. */
export const timeSpan = z.string().regex(/^-?\d+[smhdw]$/, "must be a time span such as -15m");

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  token: z.string().optional(),
});

/** The part of a list that `limit` and `token` of the query ask for, and the token of the part after it. */
export function page<T>(all: readonly T[], query: unknown): { items: readonly T[]; next: string | null } {
  const { limit, token } = parse(pageSchema, query);
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(start) || start < 0) throw new ApiError(400, "token: is not one of this list");
  const end = start + limit;
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(String(end)).toString("base64url") : null,
  };
}

/** @throws SumoError 400 where another object of that name is there already. */
export function refuseDuplicate(isTaken: boolean): void {
  if (isTaken) {
    throw new SumoError(400, "content:duplicate_content", "The content with same name already exists.");
  }
}
