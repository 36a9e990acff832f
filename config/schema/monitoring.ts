import { z } from "zod";
import { agent } from "./agent";
import { once, secret } from "./common";

const percentage = z.number().positive().max(100);
const milliseconds = z.number().positive();

const threshold = (value: typeof percentage, warning: number, critical: number, description: string) =>
  z
    .strictObject({
      warning: value.default(warning).meta({ description: "Warn above." }),
      critical: value.default(critical).meta({ description: "Alert above; more than `warning`." }),
    })
    .prefault({})
    .meta({ description });

const thresholds = z
  .strictObject({
    cpuPercent: threshold(
      percentage,
      80,
      95,
      "CPU use in percent: above 80 requests begin to queue, at 95 nothing is left for a peak.",
    ),
    memoryPercent: threshold(
      percentage,
      80,
      92,
      "Memory use in percent: above 80 the page cache shrinks, at 92 the kernel is near killing.",
    ),
    diskPercent: threshold(
      percentage,
      80,
      90,
      "Disk use in percent: at 80 there is time to act, at 90 a burst of logs may fill it.",
    ),
    qpsPercent: threshold(
      percentage,
      70,
      90,
      "QPS of a web server in percent of `monitoring.capacityQps`: above 70 the loss of one of three servers is too much for the others.",
    ),
    serverErrorPercent: threshold(
      percentage,
      1,
      5,
      "Answers with a 5xx status in percent of all: 1 is noticed by some visitors, 5 by most.",
    ),
    latencyMs: threshold(
      milliseconds,
      500,
      2000,
      "95th percentile of the answer time in milliseconds: half a second feels slow, after two visitors leave.",
    ),
  })
  .prefault({})
  .meta({ description: "When the monitors warn and alert." });

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
