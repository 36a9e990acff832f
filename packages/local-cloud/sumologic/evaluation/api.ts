import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../../core/core";
import { SumoError } from "../errors";
import { parse } from "../input";
import type { Monitor } from "../monitors";
import type { Alert, Alerts } from "./alerts";
import type { Evaluator } from "./evaluator";
import type { Notifier } from "./notifier";

const searchSchema = z.object({ query: z.string().default("") });

/** The alerts, to be searched by name, `status:Active` and `severity:Critical`, and read. */
export function addAlerts(app: FastifyInstance, alerts: Alerts): void {
  app.get("/v1/alerts/search", (request) => {
    const { query } = parse(searchSchema, request.query);
    const wanted = [...query.matchAll(/\b(status|severity|monitorId):(\w+)/gi)];
    const words = query
      .replace(/\b(status|severity|monitorId):\w+/gi, "")
      .trim()
      .toLowerCase();
    return alerts
      .list()
      .filter(({ name }) => name.toLowerCase().includes(words))
      .filter((alert) =>
        wanted.every(([, field = "", value = ""]) => fieldOf(alert, field) === value.toLowerCase()),
      )
      .map((alert) => ({ item: shown(alert), path: `/Alerts/${alert.name}` }));
  });
  app.get<Path>("/v1/alerts/:id", (request) => {
    const alert = alerts.get(request.params.id);
    if (alert) return shown(alert);
    throw new SumoError(404, "content:not_found", "Object not found.");
  });
}

/** The local cloud's own view of the evaluation: every monitor with its alerts, and who was told of what. */
export function addEvaluation(
  app: FastifyInstance,
  core: Core,
  { alerts, evaluator, notifier }: { alerts: Alerts; evaluator: Evaluator; notifier: Notifier },
): void {
  const monitors = core.store.collection<Monitor>("sumologic/monitors");
  app.get("/_local/monitors", async () => {
    await evaluator.settled();
    return {
      monitors: monitors
        .list()
        .filter(({ contentType }) => contentType === "Monitor")
        .map(({ id, name, status }) => ({
          id,
          name,
          status,
          evaluation: evaluator.evaluation(id) ?? null,
          alerts: alerts.list().filter(({ monitorId }) => monitorId === id),
        })),
    };
  });
  app.get("/_local/notifications", async () => {
    await evaluator.settled();
    return { notifications: notifier.list() };
  });
}

function fieldOf(alert: Alert, field: string): string {
  const fields: Readonly<Record<string, string>> = {
    status: alert.status,
    severity: alert.severity,
    monitorid: alert.monitorId,
  };
  return (fields[field.toLowerCase()] ?? "").toLowerCase();
}

function shown(alert: Alert): object {
  return { ...alert, type: "AlertsLibraryAlertResponse", contentType: "Alert" };
}

interface Path {
  Params: { id: string };
}
