import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import { parse, stringMap, timeSpan, timeZone } from "./input";
import { addLibrary } from "./library";
import type { LibraryItem } from "./library-tree";

const operator = z.enum(["LessThan", "GreaterThan", "LessThanOrEqual", "GreaterThanOrEqual"]);
const querySchema = z
  .object({
    rowId: z.string().min(1),
    query: z.string().trim().min(1),
    useRowCount: z.boolean(),
    field: z.string().optional(),
  })
  .refine((query) => !(query.useRowCount && query.field), "field: not with useRowCount");
const queries = z
  .array(
    z.object({
      queryGroupType: z.enum(["Successful", "Unsuccessful", "Total", "Threshold"]),
      queryGroup: z.array(querySchema).min(1).max(6),
    }),
  )
  .min(1)
  .max(6);
const queryType = z.enum(["Logs", "Metrics"]);

const indicatorSchema = z.discriminatedUnion("evaluationType", [
  z.object({
    evaluationType: z.literal("Request"),
    queryType,
    queries,
    threshold: z.number().optional(),
    op: operator.optional(),
  }),
  z.object({
    evaluationType: z.literal("Window"),
    queryType,
    queries,
    threshold: z.number().default(0),
    op: operator,
    aggregation: z.string().optional(),
    size: timeSpan,
  }),
  z.object({
    evaluationType: z.literal("Monitor"),
    monitorTriggers: z
      .array(
        z.object({
          monitorId: z.string(),
          triggerTypes: z.array(z.enum(["Critical", "Warning", "MissingData"])).min(1),
        }),
      )
      .min(1),
  }),
]);
const common = { target: z.number().min(0).max(100), timezone: timeZone };
const complianceSchema = z.discriminatedUnion("complianceType", [
  z.object({
    complianceType: z.literal("Rolling"),
    ...common,
    size: z.string().regex(/^([1-9]|[1-8]\d|90)d$/, "must be 1d to 90d"),
  }),
  z.object({
    complianceType: z.literal("Calendar"),
    ...common,
    windowType: z.enum(["Week", "Month", "Quarter"]),
    startFrom: z.string().optional(),
  }),
]);
const bodySchema = z.object({
  signalType: z.enum(["Latency", "Error", "Throughput", "Availability", "Other"]),
  compliance: complianceSchema,
  indicator: indicatorSchema,
  service: z.string().default(""),
  application: z.string().default(""),
  tags: stringMap.default({}),
});

/** An SLO, as the API shows it. */
export interface Slo extends LibraryItem, z.output<typeof bodySchema> {}

/** SLOs and their folders. */
export function addSlos(app: FastifyInstance, core: Core): void {
  const monitors = core.store.collection<LibraryItem>("sumologic/monitors");
  addLibrary(app, core, {
    path: "/v1/slos",
    collection: "sumologic/slos",
    root: "SLO",
    content: "Slo",
    types: "SlosLibrary",
    read(body) {
      const slo = parse(bodySchema, body);
      if (slo.indicator.evaluationType === "Monitor") {
        for (const { monitorId } of slo.indicator.monitorTriggers) {
          if (!monitors.get(monitorId))
            throw new ApiError(400, `indicator: there is no monitor ${monitorId}`);
        }
      }
      return slo;
    },
  });
}
