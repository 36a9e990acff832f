import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { ContentLibrary } from "./content-library";
import { SumoError } from "./errors";
import { hexId, longId } from "./ids";
import { json, page, parse } from "./input";
import { panelSchema, timeRangeSchema, variableSchema } from "./panels";

const coloringRuleSchema = z.object({
  scope: z.string(),
  singleSeriesAggregateFunction: z.string(),
  multipleSeriesAggregateFunction: z.string(),
  colorThresholds: z
    .array(z.object({ color: z.string(), min: z.number().optional(), max: z.number().optional() }))
    .default([]),
});
const bodySchema = z
  .object({
    title: z.string().trim().min(1).max(255),
    description: z.string().max(4096).default(""),
    folderId: z.string().optional(),
    topologyLabelMap: z.object({ data: z.record(z.string(), z.array(z.string())) }).default({ data: {} }),
    domain: z.string().default(""),
    refreshInterval: z.int().min(0).default(0),
    timeRange: timeRangeSchema,
    panels: z.array(panelSchema).default([]),
    layout: z
      .object({
        layoutType: z.literal("Grid"),
        layoutStructures: z.array(z.object({ key: z.string(), structure: json })),
      })
      .default({ layoutType: "Grid", layoutStructures: [] }),
    variables: z.array(variableSchema).default([]),
    theme: z
      .string()
      .regex(/^(light|dark)$/i, "must be Light or Dark")
      .default("Light"),
    coloringRules: z.array(coloringRuleSchema).default([]),
  })
  .superRefine(({ panels, layout }, context) => {
    const keys = panels.map((panel) => panel.key);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    const lost = layout.layoutStructures.find(({ key }) => !keys.includes(key));
    const fault = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (twice !== undefined) fault("panels", `the key ${twice} is there twice`);
    if (lost) fault("layout", `no panel has the key ${lost.key}`);
  });

/** A dashboard, as the API shows it. */
export interface Dashboard extends z.output<typeof bodySchema> {
  readonly id: string;
  /** By which the content library knows it. */
  readonly contentId: string;
  readonly folderId: string;
}

/** Dashboards. */
export function addDashboards(app: FastifyInstance, core: Core): void {
  const dashboards = core.store.collection<Dashboard>("sumologic/dashboards");
  const library = new ContentLibrary(core);

  function find(id: string): Dashboard {
    const dashboard = dashboards.get(id);
    if (dashboard) return dashboard;
    throw new SumoError(404, "dashboard:not_found", "Dashboard with the given ID does not exist.");
  }

  function read(body: unknown): Omit<Dashboard, "id" | "contentId"> {
    const given = parse(bodySchema, body);
    return {
      ...given,
      folderId: library.parent(given.folderId || library.personal().id).id,
      panels: given.panels.map((panel) => ({ id: hexId(), ...panel })),
      variables: given.variables.map((variable) => ({ id: hexId(), ...variable })),
    };
  }

  app.get("/v2/dashboards", (request) => {
    const { items, next } = page(dashboards.list(), request.query);
    return { dashboards: items, next };
  });
  app.post("/v2/dashboards", (request) => {
    const id = longId();
    return dashboards.put(id, { id, contentId: hexId(), ...read(request.body) });
  });
  app.get<Path>("/v2/dashboards/:id", (request) => find(request.params.id));
  app.put<Path>("/v2/dashboards/:id", (request) => {
    const { id, contentId } = find(request.params.id);
    return dashboards.put(id, { id, contentId, ...read(request.body) });
  });
  app.delete<Path>("/v2/dashboards/:id", (request, reply) => {
    dashboards.delete(find(request.params.id).id);
    return reply.status(204).send();
  });
}

interface Path {
  Params: { id: string };
}
