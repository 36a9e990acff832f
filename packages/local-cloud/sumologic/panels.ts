import { z } from "zod";
import { json } from "./input";

const boundarySchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("RelativeTimeRangeBoundary"),
    relativeTime: z.string().regex(/^-?(\d+[smhdw])+$/),
  }),
  z.object({ type: z.literal("LiteralTimeRangeBoundary"), rangeName: z.string().min(1) }),
  z.object({ type: z.literal("EpochTimeRangeBoundary"), epochMillis: z.int() }),
  z.object({ type: z.literal("Iso8601TimeRangeBoundary"), iso8601Time: z.iso.datetime({ offset: true }) }),
]);

export const timeRangeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("BeginBoundedTimeRange"),
    from: boundarySchema,
    to: boundarySchema.optional(),
  }),
  z.object({ type: z.literal("CompleteLiteralTimeRange"), rangeName: z.string().min(1) }),
]);

const pair = z.object({ key: z.string(), value: z.string() });
const querySchema = z.object({
  queryString: z.string().trim().min(1),
  queryType: z.enum(["Logs", "Metrics", "Spans"]),
  queryKey: z.string().min(1),
  metricsQueryMode: z.enum(["Basic", "Advanced"]).optional(),
  metricsQueryData: z
    .object({
      metric: z.string(),
      aggregationType: z.string().default(""),
      groupBy: z.string().optional(),
      filters: z.array(pair.extend({ negation: z.boolean().default(false) })).default([]),
      operators: z.array(z.object({ operatorName: z.string(), parameters: z.array(pair) })).default([]),
    })
    .optional(),
  parseMode: z.enum(["Auto", "Manual"]).optional(),
  timeSource: z.enum(["Message", "Receipt", "Searchable"]).optional(),
  transient: z.boolean().default(false),
  outputCardinalityLimit: z.int().min(1).max(1000).default(1000),
});

const common = {
  id: z.string().optional(),
  key: z.string().min(1),
  title: z.string().max(255).default(""),
  visualSettings: json.or(z.literal("")).default(""),
  keepVisualSettingsConsistentWithParent: z.boolean().default(true),
};

export const panelSchema = z.discriminatedUnion("panelType", [
  z.object({ panelType: z.literal("TextPanel"), ...common, text: z.string().default("") }),
  z.object({
    panelType: z.literal("SumoSearchPanel"),
    ...common,
    queries: z.array(querySchema).min(1),
    description: z.string().default(""),
    timeRange: timeRangeSchema.optional(),
    linkedDashboards: z
      .array(
        z.object({
          id: z.string(),
          relativePath: z.string().optional(),
          includeTimeRange: z.boolean().default(true),
          includeVariables: z.boolean().default(true),
        }),
      )
      .default([]),
  }),
]);

const sourceSchema = z.discriminatedUnion("variableSourceType", [
  z.object({ variableSourceType: z.literal("CsvVariableSourceDefinition"), values: z.string().min(1) }),
  z.object({
    variableSourceType: z.literal("LogQueryVariableSourceDefinition"),
    query: z.string().min(1),
    field: z.string().min(1),
  }),
  z.object({
    variableSourceType: z.literal("MetadataVariableSourceDefinition"),
    filter: z.string().min(1),
    key: z.string().min(1),
  }),
]);

export const variableSchema = z.object({
  id: z.string().optional(),
  name: z.string().min(1).max(256),
  displayName: z.string().max(256).default(""),
  defaultValue: z.string().default(""),
  sourceDefinition: sourceSchema,
  allowMultiSelect: z.boolean().default(false),
  includeAllOption: z.boolean().default(true),
  hideFromUI: z.boolean().default(false),
});
