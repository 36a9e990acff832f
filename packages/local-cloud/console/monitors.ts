import type { Core } from "../core/core";
import type { Alert } from "../sumologic/evaluation/alerts";
import { groupName } from "../sumologic/evaluation/groups";
import type { Monitor } from "../sumologic/monitors";
import type { Services } from "../sumologic/services";
import type { AlertView, Health, MonitorView } from "./shapes";

/** Resolved alerts of a monitor that are shown, the newest ones. */
const mostResolved = 5;

/** Every monitor with its state and alerts. */
export function monitorsOf(core: Core, { alerts, evaluator }: Services): MonitorView[] {
  const all = alerts.list();
  return core.store
    .collection<Monitor>("sumologic/monitors")
    .list()
    .filter(({ contentType }) => contentType === "Monitor")
    .map((monitor) => {
      const { id, name, description, monitorType, queries, status } = monitor;
      const evaluation = evaluator.evaluation(id);
      const own = all.filter(({ monitorId }) => monitorId === id);
      const active = own.filter((alert) => alert.status === "Active");
      const resolved = own.filter((alert) => alert.status === "Resolved").slice(-mostResolved);
      return {
        id,
        name,
        description,
        type: monitorType,
        queries: queries.map(({ query }) => query),
        status,
        health: evaluation?.error ? "unknown" : healthOf(status, evaluation !== undefined),
        evaluatedAt: evaluation ? Date.parse(evaluation.at) : null,
        problem: problemOf(evaluation?.error, evaluation?.notEvaluated ?? []),
        alerts: [...active, ...resolved.reverse()].map(shown),
      };
    });
}

function healthOf(status: readonly string[], evaluated: boolean): Health {
  if (status.includes("Critical")) return "critical";
  if (status.includes("Warning") || status.includes("MissingData")) return "warning";
  if (status.includes("Disabled") || !evaluated) return "unknown";
  return "ok";
}

function problemOf(error: string | null | undefined, notEvaluated: readonly string[]): string | null {
  if (error) return error;
  return notEvaluated.length > 0 ? `Not evaluated here: ${notEvaluated.join(", ")}.` : null;
}

function shown({ id, severity, group, triggerValue, abnormalityStartTime, resolvedAt }: Alert): AlertView {
  return {
    id,
    severity,
    group: groupName(group),
    value: triggerValue,
    since: Date.parse(abnormalityStartTime),
    resolved: resolvedAt === null ? null : Date.parse(resolvedAt),
  };
}
