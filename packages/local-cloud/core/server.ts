import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { type FastifyInstance, type FastifyRequest, fastify } from "fastify";
import ipaddr from "ipaddr.js";
import type { Core } from "./core";
import { ApiError } from "./errors";
import type { Fault } from "./options";

/** What an API has of its own below its routes. */
export interface ServerOptions {
  readonly core: Core;
  readonly api: NonNullable<Fault["api"]>;
  /** The API's own JSON body for an error. */
  errorBody(error: ApiError, request: FastifyRequest): unknown;
  /** The name it answers to on the machines' internet. Default: none, it is for this machine's own programs. */
  readonly host?: string;
}

/**
 * A fastify app that refuses who doesn't call it by its name, gives each call an id, and writes errors as the body
 * that `errorBody` makes of them.
 */
export function createGuardedServer({
  errorBody,
  host,
}: Pick<ServerOptions, "errorBody" | "host">): FastifyInstance {
  const app = fastify({
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (request.hostname !== host) refuseStrangers(request);
  });
  app.setNotFoundHandler(() => {
    throw new ApiError(404, "The resource you were accessing could not be found.");
  });
  app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
    const error = fault instanceof ApiError ? fault : new ApiError(fault.statusCode ?? 500, fault.message);
    if (error.status >= 500 && error !== fault) console.error(fault);
    void reply.status(error.status).headers(error.headers).send(errorBody(error, request));
  });
  return app;
}

/**
 * A guarded server on which an API puts its routes: it lets the faults strike, and answers a change only when it
 * would survive the process.
 */
export function createServer({ core, api, ...guarded }: ServerOptions): FastifyInstance {
  const app = createGuardedServer(guarded);
  acceptEmptyJson(app);

  const met = new WeakMap<FastifyRequest, Fault>();
  app.addHook("onRequest", async (request, reply) => {
    const [path = ""] = request.url.split("?");
    const fault = path.startsWith("/_local/") ? undefined : core.faults.meet(api, request.method, path);
    if (!fault) return undefined;
    met.set(request, fault);
    if (fault.effect === "drop") {
      request.raw.socket.destroy();
      return reply.hijack();
    }
    if (fault.effect === "stall") await core.clock.sleep(fault.stallMs ?? 0);
    const status = Number(fault.effect);
    if (status)
      throw new ApiError(
        status,
        "A fault was asked for.",
        undefined,
        status === 429 ? { "retry-after": "1" } : {},
      );
    return undefined;
  });
  app.addHook("preHandler", (request, _reply, done) => {
    const fault = met.get(request);
    if (fault?.effect === "slow") core.jobs.stretch(fault.workMs ?? Number.POSITIVE_INFINITY, done);
    else done();
  });
  app.addHook("onSend", async (request, _reply, payload) => {
    if (request.method !== "GET") await core.store.settled();
    if (met.get(request)?.effect === "drop-after") request.raw.socket.destroy();
    return payload;
  });
  return app;
}

/** Serves the app on 127.0.0.1 and answers with its URL, without a slash at its end. */
export async function listen(app: FastifyInstance, port: number | undefined): Promise<string> {
  return await app.listen({ host: "127.0.0.1", port: port ?? 0 });
}

/**
 * Only this machine's own programs may call: a Host of another name means a rebound DNS name, an Origin of
 * another address a page in the user's browser.
 */
function refuseStrangers(request: FastifyRequest): void {
  if (!isLoopback(request.hostname)) {
    throw new ApiError(403, `Host ${request.hostname} is not this machine: call 127.0.0.1 or localhost.`);
  }
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${request.host}`) {
    throw new ApiError(403, `Origin ${origin} may not call the local cloud.`);
  }
}

/** Whether a host's name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  return bare === "localhost" || (isIP(bare) !== 0 && ipaddr.parse(bare).range() === "loopback");
}

/** Clients name JSON as the type of a DELETE without a body. */
function acceptEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    if (body === "") return done(null, undefined);
    try {
      return done(null, JSON.parse(String(body)));
    } catch {
      return done(new ApiError(400, "The request body is not valid JSON."));
    }
  });
}
