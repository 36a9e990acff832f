import { Agent, type RequestOptions, request } from "node:https";
import { createSecureContext } from "node:tls";
import type { Site } from "../shared/site";

export interface ClientOptions {
  readonly site: Site;
  /** The authority that the site's chain is verified by, PEM. */
  readonly authority: string;
  /** Ends every request. */
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** How long a visitor waits for an answer. */
export const patienceSeconds = 15;
/** Most idle connections that are kept. */
const keptConnections = 64;
/** One in so many requests is the last one of its connection. */
const requestsPerConnection = 50;

/**
 * Asks the site over connections that are kept for a while and used in turn, as many as are needed. Nothing is sent
 * twice.
 */
export class Client {
  private readonly agent: Agent;
  private asked = 0;

  constructor(private readonly options: ClientOptions) {
    this.agent = new Agent({
      keepAlive: true,
      scheduling: "fifo",
      maxFreeSockets: keptConnections,
      // To make one for each connection takes as long as the handshake.
      secureContext: createSecureContext({ ca: options.authority }),
    });
    options.signal?.addEventListener("abort", () => this.close(), { once: true });
  }

  /** Gives the connections up. */
  close(): void {
    this.agent.destroy();
  }

  /** @throws where there is no answer, in a word for people. */
  ask(method: string, path: string, body = ""): Promise<Answer> {
    const { site } = this.options;
    const name = new URL(site.url).hostname;
    const options: RequestOptions = {
      method,
      path,
      host: site.host,
      port: site.port,
      servername: name,
      headers: {
        host: name,
        "content-length": Buffer.byteLength(body),
        ...(++this.asked % requestsPerConnection === 0 && { connection: "close" }),
      },
      agent: this.agent,
      signal: AbortSignal.timeout(patienceSeconds * 1000),
    };
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) =>
        reject(new Error(error.name === "AbortError" ? "no answer" : (error.code ?? error.message)));
      const asked = request(options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", failed);
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      asked.on("error", failed).end(body);
    });
  }
}
