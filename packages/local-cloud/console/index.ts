import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { createGuardedServer } from "../core/server";
import type { Cloud } from "../digitalocean/cloud";
import { json, parse, stringMap } from "../sumologic/input";
import type { Services } from "../sumologic/services";
import { architectureOf } from "./architecture";
import { type Bundle, bundle } from "./bundle";
import { Boards } from "./dashboards";
import { guard } from "./guard";
import { monitorsOf } from "./monitors";
import { digitalocean } from "./resources/digitalocean";
import { sumologic } from "./resources/sumologic";
import { search } from "./search";
import type { Overview } from "./shapes";

const types: Readonly<Record<keyof Bundle, string>> = {
  "/": "text/html; charset=utf-8",
  "/page.js": "text/javascript; charset=utf-8",
  "/page.css": "text/css; charset=utf-8",
};

const searchSchema = z.object({
  query: z.string().trim().max(10_000).default("*"),
  span: z.coerce.number().int().min(1000),
});
const panelSchema = z.object({
  span: z.coerce.number().int().min(1000),
  variables: json
    .default("{}")
    .transform((text): unknown => JSON.parse(text))
    .pipe(stringMap),
});

/** The console: one page that shows what both clouds hold and do, and the calls that feed it. It changes nothing. */
export function createConsole(core: Core, cloud: Cloud, services: Services): FastifyInstance {
  const app = createGuardedServer({ errorBody: ({ message }) => ({ message }) });
  const boards = new Boards(core, services.queries);
  guard(app);

  for (const [path, type] of Object.entries(types)) {
    app.get(path, async (_request, reply) => reply.type(type).send((await bundle())[path as keyof Bundle]));
  }
  app.get("/data/overview", async (): Promise<Overview> => {
    const monitors = monitorsOf(core, services);
    return {
      now: core.clock.now(),
      architecture: await architectureOf(cloud, services.intake, monitors),
      monitors,
      received: services.intake.sum(),
    };
  });
  app.get("/data/dashboards", () => boards.list());
  app.get<{ Params: { id: string; key: string } }>("/data/dashboards/:id/panels/:key", (request) => {
    const { span, variables } = parse(panelSchema, request.query);
    return boards.run(request.params.id, request.params.key, span, variables);
  });
  app.get("/data/search", (request) => {
    const { query, span } = parse(searchSchema, request.query);
    return search(services.queries, query, { now: core.clock.now(), span });
  });
  app.get("/data/resources", () =>
    [...digitalocean(cloud), ...sumologic(core)].filter(({ items }) => items.length > 0),
  );
  return app;
}
