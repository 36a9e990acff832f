import { z } from "zod";
import { agent } from "./agent";
import { once, secret } from "./common";
import { thresholds } from "./thresholds";

const notifications = z
  .strictObject({
    email: z
      .array(
        z
          .email()
          .meta({ description: "An address.", limits: "an e-mail address", example: "ops@example.com" }),
      )
      .default([])
      .meta({
        description:
          "Addresses that get the alerts; for DigitalOcean's own alerts they must be verified in the account.",
      }),
    slack: z
      .strictObject({
        url: secret("Incoming webhook, an https address."),
        channel: z
          .string()
          .regex(/^#\S+$/)
          .default("#alerts")
          .meta({ description: "Channel that gets the alerts.", limits: "starts with #" }),
      })
      .optional()
      .meta({ description: "Alerts to Slack." }),
    pagerduty: z
      .strictObject({ integrationKey: secret("Integration key (Events API v2).") })
      .optional()
      .meta({ description: "Alerts to PagerDuty." }),
    webhook: z
      .strictObject({ url: secret("Address that gets a JSON POST, https.") })
      .optional()
      .meta({ description: "Alerts to any other service." }),
  })
  .prefault({})
  .meta({ description: "Who is told." });

const folderId = z.string().regex(/^[0-9A-Fa-f]{16}$/);
const folderIdLimits = "16 hexadecimal digits, in quotes";

export const monitoring = z
  .strictObject({
    agent,
    notifications,
    capacityQps: z.number().positive().default(200).meta({
      description: "Requests a second that one web server is known to carry; alerts compare the QPS with it.",
    }),
    thresholds,
    availabilityPercent: z.number().min(90).max(99.99).default(99.5).meta({
      description:
        "Share of requests, in percent, that the site answers without a 5xx status in 30 days; what it may miss is spent by errors, and an alert tells when it is spent too fast.",
    }),
    runbooks: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({
        description:
          "Address under which your people read docs/runbooks; every monitor links to its page there. Without it, it names the file.",
        limits: "an https address",
        example: "https://github.com/example/web-infra/blob/main/docs/runbooks",
      }),
    fields: once("The Sumo Logic fields"),
    extractionRules: once("The Sumo Logic field extraction rules"),
    folder: z.enum(["create", "existing", "none"]).default("create").meta({
      description:
        "The Sumo Logic folder of the dashboards: `create` one (in `monitoring.parentFolderId`, else in the user's personal folder), use the `existing` one `monitoring.folderId`, or `none`: no dashboards.",
    }),
    folderId: folderId.optional().meta({
      description: "Folder that holds the dashboards, with `monitoring.folder: existing`.",
      limits: folderIdLimits,
    }),
    parentFolderId: folderId.optional().meta({
      description: "Folder in which the stack's folder is made, with `monitoring.folder: create`.",
      limits: folderIdLimits,
    }),
  })
  .prefault({})
  .meta({ description: "What is watched, and who is told." });
