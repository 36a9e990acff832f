import { z } from "zod";
import { parse } from "../input";
import type { LogQuery } from "./log-query";
import type { LogResult } from "./log-run";
import { type Row, textOf } from "./values";

const pageSchema = z.object({
  offset: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(10_000),
});

/** The part of a result that `offset` and `limit` of the query ask for. @throws ApiError 400. */
export function page(result: LogResult | undefined, query: unknown): object[] {
  const { offset, limit } = parse(pageSchema, query);
  const columns = result?.columns ?? [];
  return (result?.rows ?? []).slice(offset, offset + limit).map((row) => ({ map: shown(row, columns) }));
}

/** Names in lower case, values as text, as the API gives them. */
function shown(row: Row, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((name) => [name.toLowerCase(), textOf(row[name])]));
}

/** What the API says of a result's columns. @param keys those that records are grouped by. */
export function fieldsOf(result: LogResult | undefined, keys: readonly string[]): object[] {
  return (result?.columns ?? []).map((name) => {
    const sample = result?.rows.find((row) => (row[name] ?? null) !== null)?.[name];
    const fieldType = typeof sample === "number" ? (Number.isInteger(sample) ? "long" : "double") : "string";
    return { name: name.toLowerCase(), fieldType, keyField: keys.includes(name) };
  });
}

/** The fields that the last group of a query is by. */
export function groupKeys({ operators }: LogQuery): readonly string[] {
  return operators.findLast(({ stage }) => stage.kind === "group")?.reads ?? [];
}
