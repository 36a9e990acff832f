import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../../core/core";
import { SumoError } from "../errors";
import { parse } from "../input";
import { timeRangeSchema } from "../panels";
import type { Queries } from "./queries";
import { QueryError } from "./query-error";
import { resolveRange } from "./time-range";

const bodySchema = z.object({
  queries: z
    .array(
      z.object({
        rowId: z.string().regex(/^[A-Z]$/, "must be a letter from A to Z"),
        query: z.string().trim().min(1),
        quantization: z.int().min(1000).optional(),
      }),
    )
    .min(1)
    .max(6),
  timeRange: timeRangeSchema,
});

/** Queries of metrics: asked and answered in one call. */
export function addMetricsQueries(app: FastifyInstance, core: Core, queries: Queries): void {
  app.post("/v1/metricsQueries", async (request) => {
    const { queries: rows, timeRange } = parse(bodySchema, request.body);
    const range = resolveRange(timeRange, core.clock.now());
    const asked = rows.map(({ quantization, ...row }) => ({ ...row, ...(quantization && { quantization }) }));
    const results = await queries.runMetricQueries(asked, range).catch(refuse);
    return {
      queryResult: rows.map(({ rowId }) => ({
        rowId,
        timeSeriesList: {
          timeSeries: (results.get(rowId) ?? []).map(({ dimensions, points }) => ({
            metricDefinition: dimensions,
            points: { timestamps: points.map(({ time }) => time), values: points.map(({ value }) => value) },
          })),
          unit: "",
          timeShiftLabel: null,
        },
      })),
      errors: null,
    };
  });
}

function refuse(error: unknown): never {
  if (error instanceof QueryError) throw new SumoError(400, "metrics:parse_error", error.message);
  throw error;
}
