import { setTimeout as sleep } from "node:timers/promises";
import { type Json, object, type Props, text } from "./props";

/** How fast the engine goes about it: the plugins' own pace, or none where the cloud answers at once. */
export interface Pace {
  /** Between the first two looks at something that is being made, in milliseconds; it doubles each time, up to 1 s. */
  readonly pollMs: number;
  /** First wait before a failed call is repeated, in milliseconds; it doubles each time, up to 30 s. */
  readonly retryMs: number;
  /** Between two calls of Sumo Logic, which takes four a second, in milliseconds. */
  readonly sumologicMs: number;
}

export interface ApiOptions {
  /** How messages call it, e.g. `DigitalOcean`. */
  readonly name: string;
  readonly endpoint: string;
  /** The headers by which a call is let in. */
  readonly credentials: (method: string, url: URL, body: string) => Readonly<Record<string, string>>;
  readonly pace: Pace;
  /** Least time between two calls, in milliseconds; 0 for none. */
  readonly intervalMs: number;
  /** How often a failed call is repeated. */
  readonly retries: number;
}

/** The most time anything may take to become ready; managed databases have the longest. */
const readyWithinMs = 30 * 60_000;

/** What takes long is looked at less often, but no less than that. */
const slowestPollMs = 1000;

/** Of every body; Spaces don't look at it. */
export const contentType = "application/json";

/** An answer that says no. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** A REST API, called as the provider plugins call it: paced, and repeated where that can help. */
export class Api {
  private nextCall = 0;

  constructor(private readonly options: ApiOptions) {}

  /**
   * The body of the answer; an empty object if there is none.
   * A dropped connection, 429 and 5xx other than 501 are repeated, any other status is an `ApiError`.
   */
  async call(method: string, path: string, body?: Props | string): Promise<Props> {
    for (let attempt = 0; ; attempt++) {
      await this.turn();
      const answer = await this.send(method, path, body);
      if (answer.ok) return object(parse(answer.body));
      if (!answer.retry || attempt >= this.options.retries) {
        throw new ApiError(`${this.options.name}: ${method} ${path}: ${describe(answer)}`, answer.status);
      }
      await sleep(answer.retryAfterMs ?? Math.min(this.options.pace.retryMs * 2 ** attempt, 30_000));
    }
  }

  /** Reads until what is read is ready, and gives it. */
  async until(read: () => Promise<Props>, ready: (value: Props) => boolean, what: string): Promise<Props> {
    const deadline = Date.now() + readyWithinMs;
    for (let look = 0; ; look++) {
      const value = await read();
      if (ready(value)) return value;
      if (Date.now() > deadline) {
        throw new Error(
          `${this.options.name}: ${what} was not ready within ${readyWithinMs / 60_000} minutes.`,
        );
      }
      await sleep(Math.min(this.options.pace.pollMs * 2 ** look, slowestPollMs));
    }
  }

  private async turn(): Promise<void> {
    const now = Date.now();
    const at = Math.max(now, this.nextCall);
    this.nextCall = at + this.options.intervalMs;
    if (at > now) await sleep(at - now);
  }

  private async send(method: string, path: string, content: Props | string = ""): Promise<Answer> {
    const url = new URL(path, this.options.endpoint);
    const body = typeof content === "string" ? content : JSON.stringify(content);
    try {
      const response = await fetch(url, {
        method,
        headers: { ...this.options.credentials(method, url, body), "content-type": contentType },
        ...(body && { body }),
      });
      const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
      return {
        ok: response.ok,
        status: response.status,
        body: await response.text(),
        retry: response.status === 429 || (response.status >= 500 && response.status !== 501),
        retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
      };
    } catch (fault) {
      const reason = fault instanceof Error ? String(fault.cause ?? fault.message) : String(fault);
      return {
        ok: false,
        status: 0,
        body: `no answer from ${this.options.endpoint} (${reason})`,
        retry: true,
      };
    }
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: string;
  readonly retry: boolean;
  readonly retryAfterMs?: number;
}

function parse(body: string): Json {
  try {
    return JSON.parse(body || "{}") as Json;
  } catch {
    return body;
  }
}

/** What the API itself says: DigitalOcean in `message`, Sumo Logic in `message` or `errors`. */
function describe(answer: Answer): string {
  if (answer.status === 0) return answer.body;
  const body = object(parse(answer.body));
  const errors = Array.isArray(body.errors) ? body.errors.map((error) => text(object(error).message)) : [];
  const said = text(body.message) || errors.join("; ") || answer.body.slice(0, 200);
  return `${answer.status} ${said}`;
}
