import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import type { Collection } from "../core/store";
import type { Collector } from "./collectors";
import { duplicateName, SumoError } from "./errors";
import { requireMatch, sendTagged } from "./etag";
import { numericId, sourceToken } from "./ids";
import { name, parse, stringMap, text } from "./input";
import { receiverUrl } from "./receiver";

const filterSchema = z
  .object({
    name: name(128),
    filterType: z.enum(["Exclude", "Include", "Hash", "Mask", "Forward"]),
    regexp: z.string().min(1),
    mask: z.string().default(""),
  })
  .refine((filter) => filter.filterType !== "Mask" || filter.mask !== "", "a Mask filter needs a mask");

const sourceSchema = z.object({
  id: z.int().optional(),
  sourceType: z.literal("HTTP", "must be HTTP: the local cloud has no other sources"),
  name: name(128),
  description: text(1024).optional(),
  category: text(1024).optional(),
  hostName: text(128).optional(),
  timeZone: z.string().optional(),
  forceTimeZone: z.boolean().default(false),
  automaticDateParsing: z.boolean().default(true),
  defaultDateFormats: z.array(z.object({ format: z.string(), locator: z.string().optional() })).optional(),
  multilineProcessingEnabled: z.boolean().default(true),
  useAutolineMatching: z.boolean().default(true),
  manualPrefixRegexp: z.string().optional(),
  contentType: z.string().optional(),
  messagePerRequest: z.boolean().default(false),
  filters: z.array(filterSchema).default([]),
  fields: stringMap.default({}),
  hashAlgorithm: z.enum(["MD5", "SHA-256"]).optional(),
  cutoffTimestamp: z.int().default(0),
});
const bodySchema = z.object({ source: sourceSchema });

export interface Source extends z.output<typeof sourceSchema> {
  readonly id: number;
  readonly collectorId: number;
  readonly token: string;
}

/**
 * HTTP sources.
 * @param find the collector of that id; throws where there is none.
 */
export function addSources(
  app: FastifyInstance,
  core: Core,
  { sources, find }: { sources: Collection<Source>; find(id: string): Collector },
): void {
  function of(collectorId: string): Source[] {
    const { id } = find(collectorId);
    return sources.list().filter((source) => source.collectorId === id);
  }

  function findSource({ collector, id }: Path["Params"]): Source {
    const source = of(collector).find((other) => String(other.id) === id);
    if (source) return source;
    throw new SumoError(404, "collectors.source.invalid", "The specified source ID is invalid.");
  }

  function shown({ collectorId: _, ...source }: Source): object {
    const url = receiverUrl(app, core, source.token);
    return { ...source, encoding: "UTF-8", alive: true, url, baseUrl: receiverUrl(app, core, "") };
  }

  app.get<Path>("/v1/collectors/:collector/sources", (request) => ({
    sources: of(request.params.collector).map(shown),
  }));
  app.post<Path>("/v1/collectors/:collector/sources", (request, reply) => {
    const { source } = parse(bodySchema, request.body);
    if (of(request.params.collector).some((other) => other.name === source.name)) {
      throw duplicateName(source.name);
    }
    const id = numericId(sources);
    const collectorId = find(request.params.collector).id;
    const made = sources.put(String(id), { ...source, id, collectorId, token: sourceToken() });
    return reply.status(201).send({ source: shown(made) });
  });

  app.get<Path>("/v1/collectors/:collector/sources/:id", (request, reply) =>
    sendTagged(reply, { source: shown(findSource(request.params)) }),
  );
  app.put<Path>("/v1/collectors/:collector/sources/:id", (request) => {
    const old = findSource(request.params);
    requireMatch(request, { source: shown(old) });
    const { id, collectorId, token } = old;
    const { source } = parse(bodySchema, request.body);
    if (source.id !== id) {
      throw new SumoError(400, "BadRequestBladeId", "Request body contains an invalid Source ID.");
    }
    if (of(request.params.collector).some((other) => other.name === source.name && other.id !== id)) {
      throw duplicateName(source.name);
    }
    return { source: shown(sources.put(String(id), { ...source, id, collectorId, token })) };
  });
  app.delete<Path>("/v1/collectors/:collector/sources/:id", (request, reply) => {
    sources.delete(String(findSource(request.params).id));
    return reply.status(200).send();
  });
}

interface Path {
  Params: { collector: string; id: string };
}
