import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Core } from "../core/core";
import { SumoError } from "./errors";
import { unpack } from "./ingest/body";
import type { Intake } from "./ingest/intake";
import { encodeResponse, isJson } from "./ingest/otlp";
import type { Source } from "./sources";

/** The longest body that is taken as it comes, in bytes. */
const bodyLimit = 16 * 2 ** 20;

/** What the sources' addresses are called where droplets are machines: like the real ones, but nobody's. */
export const collectionHost = "endpoint1.collection.sumologic.test";

/**
 * Where a source takes in data, known only by its token: on this server, or, where droplets are machines, in
 * their internet.
 */
export function receiverUrl(app: FastifyInstance, { options }: Core, token: string): string {
  const address = app.server.address();
  const port = typeof address === "object" && address ? `:${address.port}` : "";
  const origin = options.backend ? `https://${collectionHost}` : `http://127.0.0.1${port}`;
  return `${origin}/receiver/v1/http/${token}`;
}

/** The sources' addresses: plain data, and logs and metrics of OpenTelemetry. */
export function addReceiver(app: FastifyInstance, core: Core, intake: Intake): void {
  const sources = core.store.collection<Source>("sumologic/sources");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) => done(null, body));

  async function read(request: FastifyRequest<Path>): Promise<{ source: Source; body: Buffer }> {
    const source = sources.find((other) => other.token === request.params.token);
    if (!source) throw new SumoError(401, "unauthorized", "No source has this address.");
    const sent = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const body = await unpack(sent, request.headers["content-encoding"]);
    intake.count(source, sent.length);
    return { source, body };
  }

  app.post<Path>("/receiver/v1/http/:token", async (request, reply) => {
    const { source, body } = await read(request);
    await intake.plain(source, body, request.headers, request.ip);
    return reply.send();
  });
  app.post<Path>("/receiver/v1/http/:token/v1/logs", async (request, reply) => {
    const { source, body } = await read(request);
    await intake.logs(source, body, request.headers["content-type"], request.ip);
    return accept(request, reply, 0);
  });
  app.post<Path>("/receiver/v1/http/:token/v1/metrics", async (request, reply) => {
    const { source, body } = await read(request);
    return accept(
      request,
      reply,
      await intake.metrics(source, body, request.headers["content-type"], request.ip),
    );
  });
}

/** The answer in the encoding of the question. @param rejected data points that were not taken. */
function accept(request: FastifyRequest, reply: FastifyReply, rejected: number): FastifyReply {
  const message = "Histograms and summaries are not stored.";
  if (isJson(request.headers["content-type"])) {
    const partialSuccess = { rejectedDataPoints: rejected, errorMessage: message };
    return reply.send(rejected > 0 ? { partialSuccess } : {});
  }
  return reply.type("application/x-protobuf").send(encodeResponse(rejected, message));
}

interface Path {
  Params: { token: string };
}
