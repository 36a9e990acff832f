import type { FastifyInstance } from "fastify";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";

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

/**
 * Holds the user to 4 calls a second and the key to 10 calls at once. The calls are counted by a bucket that
 * holds 4 and fills by 4 a second, so that a client that keeps the pace need not keep it to the millisecond. Each
 * refused call is told a turn of its own: if all came back at once, most would be refused until they give up.
 */
export function limitRate(app: FastifyInstance, { clock, options }: Core): void {
  if (options.rateLimits === false) return;
  let free = callsPerSecond;
  let seen = clock.now();
  let underWay = 0;
  let promised = 0;

  app.addHook("onRequest", async (_request, reply) => {
    free = Math.min(callsPerSecond, free + ((clock.now() - seen) * callsPerSecond) / 1000);
    seen = clock.now();
    if (free < 1 || underWay >= callsAtOnce) {
      promised = Math.max(promised, seen) + 1000 / callsPerSecond;
      const seconds = String(Math.ceil((promised - seen) / 1000));
      throw new ApiError(429, "API rate limit exceeded.", undefined, { "retry-after": seconds });
    }
    free -= 1;
    underWay += 1;
    // Also a dropped connection ends a call, and none of fastify's hooks sees that.
    reply.raw.once("close", () => {
      underWay -= 1;
    });
  });
}

const callsPerSecond = 4;
const callsAtOnce = 10;
