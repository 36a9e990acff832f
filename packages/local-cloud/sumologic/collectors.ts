import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { duplicateName, SumoError } from "./errors";
import { requireMatch, sendTagged } from "./etag";
import { numericId } from "./ids";
import { name, parse, stringMap, text, timeZone } from "./input";
import { addSources, type Source } from "./sources";

const collectorSchema = z.object({
  id: z.int().optional(),
  collectorType: z.literal("Hosted", "must be Hosted: an installed collector can't be made by a call"),
  name: name(128),
  description: text(1024).optional(),
  category: text(1024).optional(),
  timeZone: timeZone.default("Etc/UTC"),
  fields: stringMap.default({}),
});
const bodySchema = z.object({ collector: collectorSchema });
const listSchema = z.object({
  filter: z.enum(["installed", "hosted", "dead", "alive"]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  offset: z.coerce.number().int().min(0).default(0),
});

export interface Collector extends z.output<typeof collectorSchema> {
  readonly id: number;
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly collectorVersion: string;
  readonly ephemeral: boolean;
  readonly alive: boolean;
  /** Milliseconds since the epoch; a hosted collector has no heartbeat, so when it was made. */
  readonly lastSeenAlive: number;
}

/** Hosted collectors and, beneath them, their sources. */
export function addCollectors(app: FastifyInstance, core: Core): void {
  const collectors = core.store.collection<Collector>("sumologic/collectors");
  const sources = core.store.collection<Source>("sumologic/sources");

  function find(id: string): Collector {
    const collector = collectors.get(id);
    if (collector) return collector;
    throw new SumoError(404, "collectors.collector.invalid", "The specified collector ID is invalid.");
  }

  function refuseTaken(name: string, own?: number): void {
    if (!collectors.find((other) => other.name === name && other.id !== own)) return;
    throw duplicateName(name);
  }

  app.get("/v1/collectors", (request) => {
    const { filter, limit, offset } = parse(listSchema, request.query);
    const all = filter === "installed" || filter === "dead" ? [] : collectors.list();
    return { collectors: all.slice(offset, offset + limit) };
  });
  app.get<{ Params: { name: string } }>("/v1/collectors/name/:name", (request, reply) => {
    const found = collectors.find((collector) => collector.name === request.params.name);
    return sendTagged(reply, { collector: find(String(found?.id)) });
  });
  app.post("/v1/collectors", (request, reply) => {
    const { collector } = parse(bodySchema, request.body);
    refuseTaken(collector.name);
    const id = numericId(collectors);
    const made = collectors.put(String(id), {
      ...collector,
      id,
      links: [{ rel: "sources", href: `/v1/collectors/${id}/sources` }],
      collectorVersion: "",
      ephemeral: false,
      alive: true,
      lastSeenAlive: core.clock.now(),
    });
    return reply.status(201).send({ collector: made });
  });

  app.get<Path>("/v1/collectors/:id", (request, reply) =>
    sendTagged(reply, { collector: find(request.params.id) }),
  );
  app.put<Path>("/v1/collectors/:id", (request) => {
    const old = find(request.params.id);
    requireMatch(request, { collector: old });
    const { collector } = parse(bodySchema, request.body);
    if (collector.id !== old.id) {
      throw new SumoError(400, "BadRequestCollectorId", "Request body contains an invalid Collector ID.");
    }
    refuseTaken(collector.name, old.id);
    const { links, collectorVersion, ephemeral, alive, lastSeenAlive } = old;
    const kept = { id: old.id, links, collectorVersion, ephemeral, alive, lastSeenAlive };
    return { collector: collectors.put(request.params.id, { ...collector, ...kept }) };
  });
  app.delete<Path>("/v1/collectors/:id", (request, reply) => {
    const { id } = find(request.params.id);
    collectors.delete(String(id));
    for (const source of sources.list()) if (source.collectorId === id) sources.delete(String(source.id));
    return reply.status(200).send();
  });

  addSources(app, core, { sources, find });
}

interface Path {
  Params: { id: string };
}
