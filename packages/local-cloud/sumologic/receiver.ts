import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Core } from "../core/core";
import { SumoError } from "./errors";
import type { Source } from "./sources";

/** What the sources have taken in since the server was started; so far it is only counted. */
export class Intake {
  private readonly counts = new Map<number, { requests: number; bytes: number }>();

  take(source: Source, data: Buffer): void {
    const { requests, bytes } = this.counts.get(source.id) ?? { requests: 0, bytes: 0 };
    this.counts.set(source.id, { requests: requests + 1, bytes: bytes + data.length });
  }

  /** By source id. */
  totals(): Record<string, { requests: number; bytes: number }> {
    return Object.fromEntries(this.counts);
  }
}

/** Where a source takes in data: an address on this server, known only by its token. */
export function receiverUrl(app: FastifyInstance, token: string): string {
  const address = app.server.address();
  const port = typeof address === "object" && address ? `:${address.port}` : "";
  return `http://127.0.0.1${port}/receiver/v1/http/${token}`;
}

/** The sources' addresses: plain data, and logs and metrics of OpenTelemetry. */
export function addReceiver(app: FastifyInstance, core: Core, intake: Intake): void {
  const sources = core.store.collection<Source>("sumologic/sources");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  function take(request: FastifyRequest<Path>): void {
    const source = sources.find((other) => other.token === request.params.token);
    if (!source) throw new SumoError(401, "unauthorized", "No source has this address.");
    intake.take(source, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
  }

  app.post<Path>("/receiver/v1/http/:token", (request, reply) => {
    take(request);
    return reply.send();
  });
  for (const signal of ["logs", "metrics"]) {
    app.post<Path>(`/receiver/v1/http/:token/v1/${signal}`, (request, reply) => {
      take(request);
      return acceptOtlp(request, reply);
    });
  }
}

/** An empty answer in the encoding of the question: all was taken. */
function acceptOtlp(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return reply.send({});
  return reply.type("application/x-protobuf").send(Buffer.alloc(0));
}

interface Path {
  Params: { token: string };
}
