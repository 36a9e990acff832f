import type { z } from "zod";
import type { variableSchema } from "../sumologic/panels";
import type { Queries, QueryRange } from "../sumologic/query/queries";
import { QueryError } from "../sumologic/query/query-error";
import { textOf } from "../sumologic/query/values";

type Variable = z.output<typeof variableSchema>;

/** Values of a dashboard's variables by name. */
export type Values = Readonly<Record<string, string>>;

/** A query with the variables' values in the places of `{{name}}`; what has no value stands for anything. */
export function filled(query: string, values: Values): string {
  return query.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (_, name: string) => values[name] || "*");
}

/** The values that a variable may take, as its source finds them in a range. */
export async function choicesOf(
  { sourceDefinition: source, includeAllOption }: Variable,
  queries: Queries,
  range: QueryRange,
): Promise<string[]> {
  const all = includeAllOption ? ["*"] : [];
  switch (source.variableSourceType) {
    case "CsvVariableSourceDefinition":
      return [...all, ...source.values.split(",").map((value) => value.trim())];
    case "LogQueryVariableSourceDefinition":
      return [...all, ...(await valuesOf(queries, source.query, source.field, range))];
    case "MetadataVariableSourceDefinition":
      return [
        ...all,
        ...(await valuesOf(queries, `${source.filter} | count by ${source.key}`, source.key, range)),
      ];
  }
}

/** The different values of a field; none where the query is not understood. */
async function valuesOf(
  queries: Queries,
  query: string,
  field: string,
  range: QueryRange,
): Promise<string[]> {
  try {
    const { rows } = await queries.runLogQuery(query, range);
    return [...new Set(rows.map((row) => textOf(row[field])))].filter(Boolean).sort();
  } catch (error) {
    if (error instanceof QueryError) return [];
    throw error;
  }
}
