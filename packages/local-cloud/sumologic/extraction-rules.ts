import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { SumoError } from "./errors";
import { addMissing, type Field } from "./fields";
import { hexId, userId } from "./ids";
import { name, page, parse } from "./input";

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
      throw new SumoError(
        400,
        "fer:invalid_extraction_rule",
        "Invalid Field Extraction Rule",
        `A field extraction rule with name '${given.name}' already exists`,
      );
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

/**
 * The fields that parsing operators make: those after `as`, the named groups of regular expressions, and the
 * keys that `json` is given without names for them.
 */
export function extractedFields(expression: string): string[] {
  const operators = expression.match(/(?:"(?:\\.|[^"\\])*"|[^|"])+/g) ?? [];
  return [...new Set(operators.flatMap(fieldsOf))];
}

function fieldsOf(operator: string): string[] {
  const quoted = [...operator.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, text = ""]) => text);
  const bare = operator.replace(/"(?:\\.|[^"\\])*"/g, '""').trim();
  const named = /\bas\s+([\w.]+(?:\s*,\s*[\w.]+)*)/i.exec(bare)?.[1];
  if (named) return named.split(/\s*,\s*/);
  if (/^json\b/i.test(bare)) return quoted;
  return quoted.flatMap((text) => [...text.matchAll(/\(\?<([\w.]+)>/g)].map(([, group = ""]) => group));
}

interface Path {
  Params: { id: string };
}
