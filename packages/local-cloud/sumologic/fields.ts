import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import type { Collection } from "../core/store";
import { SumoError } from "./errors";
import type { ExtractionRule } from "./extraction-rules";
import { hexId } from "./ids";
import { parse } from "./input";

const bodySchema = z.object({
  fieldName: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[\w.:/-]+$/, "may hold letters, digits and _ . : / -"),
  dataType: z.enum(["String", "Long", "Int", "Double", "Boolean"]).or(z.literal("")).default("String"),
  state: z.enum(["Enabled", "Disabled"]).or(z.literal("")).default("Enabled"),
});

/** A metadata field, as the API shows it. */
export interface Field {
  readonly fieldId: string;
  readonly fieldName: string;
  readonly dataType: string;
  readonly state: string;
}

/** The schema of the metadata fields: what is not in it is dropped from what is sent. */
export function addFields(app: FastifyInstance, core: Core): void {
  const fields = core.store.collection<Field>("sumologic/fields");
  const rules = core.store.collection<ExtractionRule>("sumologic/extraction-rules");

  function find(id: string): Field {
    const field = fields.get(id);
    if (field) return field;
    throw new SumoError(404, "field:doesnt_exist", "Field with the given id doesn't exist");
  }

  app.get("/v1/fields", () => ({ data: fields.list() }));
  app.post("/v1/fields", (request) => {
    const { fieldName, dataType, state } = parse(bodySchema, request.body);
    if (findField(fields, fieldName)) {
      throw new SumoError(400, "field:already_exists", "Field with the given name already exists");
    }
    return putField(fields, { fieldName, dataType: dataType || "String", state: state || "Enabled" });
  });
  app.get<Path>("/v1/fields/:id", (request) => find(request.params.id));
  app.put<Path>("/v1/fields/:id/enable", (request, reply) => {
    fields.patch(find(request.params.id).fieldId, { state: "Enabled" });
    return reply.status(204).send();
  });
  app.delete<Path>("/v1/fields/:id/disable", (request, reply) => {
    fields.patch(find(request.params.id).fieldId, { state: "Disabled" });
    return reply.status(204).send();
  });
  app.delete<Path>("/v1/fields/:id", (request, reply) => {
    const { fieldId, fieldName } = find(request.params.id);
    if (rules.find((rule) => rule.fieldNames.includes(fieldName))) {
      throw new SumoError(
        400,
        "field:cant_be_deleted",
        "Field with the given id can't be deleted because it is in use",
        "Field is used in the Field Extraction Rule",
      );
    }
    fields.delete(fieldId);
    return reply.status(204).send();
  });
}

/** Adds those of the fields that the schema doesn't know, as making a rule does. */
export function addMissing(fields: Collection<Field>, names: readonly string[]): void {
  for (const fieldName of names) {
    if (!findField(fields, fieldName)) putField(fields, { fieldName, dataType: "String", state: "Enabled" });
  }
}

/** Names of fields are the same in upper and lower case. */
function findField(fields: Collection<Field>, name: string): Field | undefined {
  return fields.find((field) => field.fieldName.toLowerCase() === name.toLowerCase());
}

function putField(fields: Collection<Field>, field: Omit<Field, "fieldId">): Field {
  const fieldId = hexId();
  return fields.put(fieldId, { fieldId, ...field });
}

interface Path {
  Params: { id: string };
}
