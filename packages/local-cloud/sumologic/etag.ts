import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "../core/errors";

/** Answers with the object and the tag of its present form. */
export function sendTagged(reply: FastifyReply, object: unknown): FastifyReply {
  return reply.header("etag", tag(object)).send(object);
}

/** @throws ApiError 412 where the caller's `If-Match` is not the tag of the object's present form. */
export function requireMatch(request: FastifyRequest, object: unknown): void {
  if (request.headers["if-match"] === tag(object)) return;
  throw new ApiError(412, "If-Match is not the ETag of the latest GET: read again and repeat.");
}

function tag(object: unknown): string {
  return `"${createHash("md5").update(JSON.stringify(object)).digest("hex")}"`;
}
