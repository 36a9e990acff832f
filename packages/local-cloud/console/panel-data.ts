import type { z } from "zod";
import { ApiError } from "../core/errors";
import type { panelSchema } from "../sumologic/panels";
import type { Queries, QueryRange } from "../sumologic/query/queries";
import { QueryError } from "../sumologic/query/query-error";
import { chartedRecords } from "./panel-logs";
import { chartedSeries } from "./panel-metrics";
import type { Chart, PanelData } from "./shapes";

export type Query = Extract<
  z.output<typeof panelSchema>,
  { panelType: "SumoSearchPanel" }
>["queries"][number];

/** Runs a panel's queries and brings what they find into the form that it is drawn in. */
export async function runPanel(
  queries: Queries,
  asked: readonly Query[],
  range: QueryRange,
  chart: Chart,
): Promise<PanelData> {
  try {
    const [first] = asked;
    if (first?.queryType === "Metrics") {
      const rows = asked.map(({ queryKey, queryString }) => ({ rowId: queryKey, query: queryString }));
      const results = await queries.runMetricQueries(rows, range);
      const shown = asked.filter(({ transient }) => !transient);
      return chartedSeries(
        shown.flatMap(({ queryKey }) => results.get(queryKey) ?? []),
        chart,
      );
    }
    if (first?.queryType === "Spans") return { kind: "failed", message: "Traces are not kept here." };
    const shown = asked.filter(({ transient }) => !transient);
    const results = await Promise.all(
      shown.map(({ queryString }) => queries.runLogQuery(queryString, range)),
    );
    return chartedRecords(results, chart);
  } catch (error) {
    if (error instanceof QueryError || error instanceof ApiError)
      return { kind: "failed", message: error.message };
    throw error;
  }
}
