import type { FastifyInstance } from "fastify";
import { ApiError } from "../core/errors";

/** Scripts, styles and data come from the console itself, nothing from elsewhere, and no page may frame it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/**
 * Keeps other pages in the user's browser away: they may link to the console, but neither load what it tells nor
 * make it run queries. Requests without an Origin, such as those of an image, are known by Sec-Fetch-Site.
 */
export function guard(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    const { "sec-fetch-site": site, "sec-fetch-mode": mode } = request.headers;
    const own = site === undefined || site === "same-origin" || site === "none";
    if (own || (mode === "navigate" && request.url === "/")) return;
    throw new ApiError(403, "Another page may not call the console.");
  });
}
