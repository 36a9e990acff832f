import type { FastifyInstance } from "fastify";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import { RateLimit } from "../core/rate-limit";

/** An access key, as a client shows it by basic authentication. */
export interface Credentials {
  readonly accessId: string;
  readonly accessKey: string;
}

/** Lets only callers with the access key pass. */
export function requireKey(app: FastifyInstance, { accessId, accessKey }: Credentials): void {
  const expected = `Basic ${Buffer.from(`${accessId}:${accessKey}`).toString("base64")}`;
  app.addHook("onRequest", async (request) => {
    if (request.headers.authorization === expected) return;
    throw new ApiError(401, "Credential could not be verified.");
  });
}

/** Holds the user to 4 calls a second and the key to 10 calls at once. */
export function limitRate(app: FastifyInstance, core: Core): void {
  if (core.options.rateLimits === false) return;
  const rate = new RateLimit(core.clock, [{ limit: 4, windowMs: 1000 }]);
  let underWay = 0;
  app.addHook("onRequest", async (_request, reply) => {
    if (underWay >= 10)
      throw new ApiError(429, "More than 10 calls at once.", undefined, { "retry-after": "1" });
    rate.take();
    underWay += 1;
    // Also a dropped connection ends a call, and none of fastify's hooks sees that.
    reply.raw.once("close", () => {
      underWay -= 1;
    });
  });
}
