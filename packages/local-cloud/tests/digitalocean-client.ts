import { createCore } from "../core/core";
import type { LocalCloudOptions } from "../core/options";
import { listen } from "../core/server";
import { createDigitaloceanApi, token } from "../digitalocean/api";
import { contract } from "./openapi";

/** An object of the API; tests look at few of its fields. */
export interface Thing {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & { readonly message?: string };
}

/** A client of a DigitalOcean API that holds every answer against the OpenAPI document. */
export class Client {
  /** The operations that were answered with success. */
  readonly succeeded = new Set<string>();

  constructor(readonly endpoint: string) {}

  /** @throws an Error where the answer isn't as the document says. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.endpoint + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text.startsWith("{") ? JSON.parse(text) : text;
    this.check(method, path, response.status, parsed);
    return { status: response.status, headers: response.headers, body: parsed };
  }

  /** A call that succeeds. */
  async ok(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.body.message}`);
    return answer;
  }

  /** The first object in the answer to a call that succeeds. */
  async make(method: string, path: string, body?: unknown): Promise<Thing> {
    return Object.values((await this.ok(method, path, body)).body)[0] as Thing;
  }

  /** All objects of a list, over its pages. */
  async list(path: string): Promise<Thing[]> {
    const { body } = await this.call("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=200`);
    return Object.values(body)[0] as Thing[];
  }

  private check(method: string, path: string, status: number, body: unknown): void {
    if (!contract || path.startsWith("/_local/")) return;
    const operation = contract.operationOf(method, path);
    if (!operation) throw new Error(`${method} ${path} is not in the OpenAPI document`);
    const wrong = contract.deviations(operation, status, body);
    if (wrong)
      throw new Error(`${operation} answered ${status} not as documented: ${wrong}\n${JSON.stringify(body)}`);
    if (status < 300) this.succeeded.add(operation);
  }
}

export interface TestApi {
  readonly client: Client;
  close(): Promise<void>;
}

/** Serves the API on loopback; without rate limits unless asked for. */
export async function startApi(options: LocalCloudOptions = {}, random?: () => number): Promise<TestApi> {
  const core = createCore({ rateLimits: false, ...options }, random);
  const { app } = createDigitaloceanApi(core);
  const client = new Client(await listen(app, 0));
  return {
    client,
    async close() {
      await app.close();
      await core.close();
    },
  };
}

/** A droplet that the API takes. */
export const dropletBody = (name: string, more: object = {}) => ({
  name,
  region: "nyc3",
  size: "s-1vcpu-2gb",
  image: "debian-12-x64",
  ...more,
});
