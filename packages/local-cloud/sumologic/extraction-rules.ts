import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { SumoError } from "./errors";
import { addMissing, type Field } from "./fields";
import { hexId, userId } from "./ids";
import { name, page, parse } from "./input";
import { parseExtraction } from "./query/log-query";
import { QueryError } from "./query/query-error";

const bodySchema = z.object({
  name: name(256),
  scope: z.string().trim().min(1),
  parseExpression: z.string().trim().min(1).max(16384),
  enabled: z.boolean().default(true),
});

export interface ExtractionRule extends z.output<typeof bodySchema> {
  readonly id: string;
  readonly fieldNames: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
}

/** Field extraction rules. */
export function addExtractionRules(app: FastifyInstance, core: Core): void {
  const rules = core.store.collection<ExtractionRule>("sumologic/extraction-rules");
  const fields = core.store.collection<Field>("sumologic/fields");

  function find(id: string): ExtractionRule {
    const rule = rules.get(id);
    if (rule) return rule;
    throw new SumoError(404, "fer:not_found", "Field Extraction Rule with the given id doesn't exist");
  }

  function read(body: unknown, own?: string): Omit<ExtractionRule, "id" | "createdAt" | "createdBy"> {
    const given = parse(bodySchema, body);
    if (rules.find((other) => other.name === given.name && other.id !== own)) {
      throw invalidRule(`A field extraction rule with name '${given.name}' already exists`);
    }
    const fieldNames = extractedFields(given.parseExpression);
    addMissing(fields, fieldNames);
    return { ...given, fieldNames, modifiedAt: core.clock.stamp(), modifiedBy: userId };
  }

  app.get("/v1/extractionRules", (request) => {
    const { items, next } = page(rules.list(), request.query);
    return { data: items, next };
  });
  app.post("/v1/extractionRules", (request) => {
    const id = hexId();
    const given = read(request.body);
    return rules.put(id, { id, ...given, createdAt: given.modifiedAt, createdBy: userId });
  });
  app.get<Path>("/v1/extractionRules/:id", (request) => find(request.params.id));
  app.put<Path>("/v1/extractionRules/:id", (request) => {
    const { id, createdAt, createdBy } = find(request.params.id);
    return rules.put(id, { id, ...read(request.body, id), createdAt, createdBy });
  });
  app.delete<Path>("/v1/extractionRules/:id", (request, reply) => {
    rules.delete(find(request.params.id).id);
    return reply.status(204).send();
  });
}

/** The fields that a parse expression makes. @throws SumoError 400 where it is not understood. */
export function extractedFields(expression: string): readonly string[] {
  try {
    return parseExtraction(expression).reduce<readonly string[]>(
      (names, { stage }) => (stage.kind === "each" ? stage.columns(names) : names),
      [],
    );
  } catch (error) {
    if (error instanceof QueryError) throw invalidRule(error.message);
    throw error;
  }
}

function invalidRule(reason: string): SumoError {
  return new SumoError(400, "fer:invalid_extraction_rule", "Invalid Field Extraction Rule", reason);
}

interface Path {
  Params: { id: string };
}
