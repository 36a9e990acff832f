import type { Queries, QueryRange } from "../query/queries";
import { span } from "../query/time-range";
import type { Slo } from "../slos";
import type { Trigger } from "./conditions";

type Group = Extract<Slo["indicator"], { evaluationType: "Request" }>["queries"][number];

/** Whether an SLO's indicator can be computed here: by the share of requests, in logs, that were good or bad. */
export function isEvaluated({ indicator }: Slo): boolean {
  return (
    indicator.evaluationType === "Request" &&
    indicator.queryType === "Logs" &&
    indicator.queries.some(({ queryGroupType }) => queryGroupType === "Total")
  );
}

/**
 * The value that sets off a trigger of an SLO: how much of the error budget a window has spent, in percent, where it is
 * too much in every window that the trigger names, or an indicator that is too low. Undefined where nothing is wrong, or
 * nothing is known. The budget is taken to be that of traffic as steady as the window's.
 * @param scale by how much windows are shortened.
 */
export async function breach(
  slo: Slo,
  trigger: Trigger,
  queries: Queries,
  { to, scale }: { readonly to: number; readonly scale: number },
): Promise<number | undefined> {
  const bad = (window: string) => badShare(slo, queries, { from: to - span(window) / scale, to, scale });
  const period = slo.compliance.complianceType === "Rolling" ? slo.compliance.size : "30d";
  if (trigger.detectionMethod === "SloSliCondition") {
    const share = await bad(period);
    const indicator = share === undefined ? undefined : 100 * (1 - share);
    return indicator !== undefined && indicator < (trigger.sliThreshold ?? 0) ? indicator : undefined;
  }
  const allowed = 1 - slo.compliance.target / 100;
  const spent = await Promise.all(
    (trigger.burnRates ?? []).map(async ({ timeRange, burnRateThreshold }) => {
      const share = (await bad(timeRange)) ?? 0;
      const percent = (100 * share * span(timeRange)) / (allowed * span(period));
      return percent > burnRateThreshold ? percent : undefined;
    }),
  );
  return spent.includes(undefined) ? undefined : spent[0];
}

/** The share of bad requests; undefined where there were none at all. */
async function badShare(
  { indicator }: Slo,
  queries: Queries,
  range: QueryRange,
): Promise<number | undefined> {
  if (indicator.evaluationType !== "Request") return undefined;
  const count = async (type: Group["queryGroupType"]) => {
    const group = indicator.queries.find(({ queryGroupType }) => queryGroupType === type);
    return group && countOf(group, queries, range);
  };
  const total = await count("Total");
  if (!total) return undefined;
  const bad = (await count("Unsuccessful")) ?? total - ((await count("Successful")) ?? 0);
  return bad / total;
}

async function countOf({ queryGroup }: Group, queries: Queries, range: QueryRange): Promise<number> {
  const counts = queryGroup.map(async ({ query, useRowCount, field = "_count" }) => {
    const { rows } = await queries.runLogQuery(useRowCount ? `${query} | count` : query, range);
    return rows.reduce((sum, row) => sum + Number(row[field] ?? 0), 0);
  });
  return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
}
