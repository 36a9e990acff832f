import { createCore } from "../core/core";
import type { LocalCloudOptions } from "../core/options";
import { listen } from "../core/server";
import { createSumologicApi } from "../sumologic";

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The error body of all calls but those of collectors and sources. */
export interface Errors {
  readonly id: string;
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly meta?: { readonly reason: string };
  }[];
}

export interface TestApi {
  /** Without `/api/`. */
  readonly url: string;
  readonly credentials: string;
  /** Calls beneath `/api/` with the access key; a body is sent as JSON. */
  call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  close(): Promise<void>;
}

/** Serves the API on loopback; without rate limits unless asked for. */
export async function startApi(options: LocalCloudOptions = {}): Promise<TestApi> {
  const core = createCore({ rateLimits: false, ...options });
  const { app } = createSumologicApi(core, { accessId: "id", accessKey: "key" });
  const url = await listen(app, 0);
  const credentials = `Basic ${Buffer.from("id:key").toString("base64")}`;
  return {
    url,
    credentials,
    async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(path.startsWith("/") ? `${url}${path}` : `${url}/api/${path}`, {
        method,
        headers: { authorization: credentials, "content-type": "application/json", ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: (text && JSON.parse(text)) as T,
      };
    },
    async close() {
      await app.close();
      await core.close();
    },
  };
}
