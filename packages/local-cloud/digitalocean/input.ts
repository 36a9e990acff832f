import { z } from "zod";
import { invalid } from "./answers";

/**
 * The body as the schema has it; unknown fields are left out, as the API ignores them.
 * @throws ApiError 422 that names the first wrong field.
 */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {}, {
    error: (issue) => (issue.input === undefined || issue.input === null ? "is required" : undefined),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid([issue?.path.join("."), issue?.message].filter(Boolean).join(" "));
}

/** An optional list; clients send null for none. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** An optional text; clients send null or "" for none. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/** An optional switch, off unless given. */
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export const tagName = z
  .string()
  .regex(
    /^[a-zA-Z0-9:\-_]{1,255}$/,
    "tags may only contain letters, numbers, colons, dashes, and underscores",
  );

export const tagNames = list(tagName).transform((tags) => [...new Set(tags)]);

/** An id that clients write as a number or as text. */
export const numericId = z.union([z.int(), z.string().regex(/^\d+$/, "must be a number").transform(Number)]);
