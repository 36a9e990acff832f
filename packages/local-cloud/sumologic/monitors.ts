import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import type { Connection } from "./connections";
import { json, parse, stringMap, timeSpan, timeZone } from "./input";
import { addLibrary } from "./library";
import type { LibraryItem } from "./library-tree";
import { triggerSchema } from "./triggers";

const emailSchema = z.object({
  connectionType: z.literal("Email"),
  actionType: z.string().optional(),
  recipients: z.array(z.email()).min(1),
  subject: z.string().default(""),
  messageBody: z.string().default(""),
  timeZone: timeZone.or(z.literal("")).default(""),
});
const payload = json.or(z.literal("")).optional();
const webhookSchema = z.object({
  connectionType: z.enum([
    "AWSLambda",
    "AzureFunctions",
    "Datadog",
    "HipChat",
    "Jira",
    "MicrosoftTeams",
    "NewRelic",
    "Opsgenie",
    "PagerDuty",
    "ServiceNow",
    "Slack",
    "SumoCloudSOAR",
    "Webhook",
  ]),
  actionType: z.string().optional(),
  connectionId: z.string().min(1),
  payloadOverride: payload,
  resolutionPayloadOverride: payload,
});
const notificationSchema = z.object({
  notification: z.discriminatedUnion("connectionType", [emailSchema, webhookSchema]),
  runForTriggerTypes: z.array(triggerSchema.shape.triggerType).min(1),
});

const bodySchema = z
  .object({
    monitorType: z.enum(["Logs", "Metrics", "Slo"]),
    evaluationDelay: timeSpan.default("0m"),
    alertName: z.string().max(512).optional(),
    queries: z.array(z.object({ rowId: z.string().min(1), query: z.string().trim().min(1) })).default([]),
    triggers: z.array(triggerSchema).min(1),
    notifications: z.array(notificationSchema).default([]),
    notificationGroupFields: z.array(z.string()).default([]),
    groupNotifications: z.boolean().default(true),
    isDisabled: z.boolean().default(false),
    playbook: z.string().default(""),
    automatedPlaybookIds: z.array(z.string()).default([]),
    sloId: z.string().optional(),
    timeZone: timeZone.optional(),
    tags: stringMap.default({}),
  })
  .superRefine((monitor, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const { monitorType, queries, sloId, triggers } = monitor;
    if (monitorType === "Slo" && !sloId) fault("sloId", "an Slo monitor needs an SLO");
    if (monitorType === "Logs" && queries.length !== 1) fault("queries", "a Logs monitor has one query");
    if (monitorType === "Metrics" && queries.length === 0)
      fault("queries", "a Metrics monitor needs a query");
    for (const { query } of monitorType === "Metrics" ? queries : []) {
      const [, operator] = /\|\s*(timeshift|predict)\b/i.exec(query) ?? [];
      if (operator) fault("queries", `${operator} is not supported in a Metrics monitor`);
    }
    const strange = triggers.find(({ detectionMethod }) => !detectionMethod.startsWith(monitorType));
    if (strange) fault("triggers", `${strange.detectionMethod} is not for a ${monitorType} monitor`);
  });

/** A monitor, as the API shows it. */
export interface Monitor extends LibraryItem, z.output<typeof bodySchema> {
  readonly status: readonly string[];
}

/** Monitors and their folders. */
export function addMonitors(app: FastifyInstance, core: Core): void {
  const connections = core.store.collection<Connection>("sumologic/connections");
  const slos = core.store.collection<LibraryItem>("sumologic/slos");

  addLibrary(app, core, {
    path: "/v1/monitors",
    collection: "sumologic/monitors",
    root: "Monitor",
    content: "Monitor",
    types: "MonitorsLibrary",
    read(body) {
      const monitor = parse(bodySchema, body);
      for (const { notification } of monitor.notifications) {
        if ("connectionId" in notification && !connections.get(notification.connectionId)) {
          throw new ApiError(400, `notifications: there is no connection ${notification.connectionId}`);
        }
      }
      if (monitor.sloId && slos.get(monitor.sloId)?.contentType !== "Slo") {
        throw new ApiError(400, `sloId: there is no SLO ${monitor.sloId}`);
      }
      return { ...monitor, status: ["Normal"] };
    },
  });
}
