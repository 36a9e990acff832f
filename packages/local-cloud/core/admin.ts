import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "./core";
import { ApiError } from "./errors";
import { faultSchema } from "./faults";

const clockSchema = z.strictObject({ advanceMs: z.int().min(0) });

/**
 * The local cloud's own switches, which no real API has: the faults, the clock, and a new beginning. They
 * stand behind the same checks and credentials as the API they are put on.
 * @param reset brings the API back to its first state.
 */
export function addAdmin(app: FastifyInstance, core: Core, reset: () => void | Promise<void>): void {
  app.get("/_local/faults", () => ({ faults: core.faults.list() }));
  app.put("/_local/faults", (request) => {
    const { faults } = parse(z.strictObject({ faults: z.array(faultSchema) }), request.body);
    core.faults.set(faults);
    return { faults };
  });
  app.get("/_local/clock", () => ({ now: core.clock.stamp() }));
  app.post("/_local/clock", (request) => {
    core.advance(parse(clockSchema, request.body).advanceMs);
    return { now: core.clock.stamp() };
  });
  app.post("/_local/reset", async (_request, reply) => {
    await reset();
    return reply.status(204).send();
  });
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ApiError(400, `${issue?.path.join(".") || "body"}: ${issue?.message}`);
}
