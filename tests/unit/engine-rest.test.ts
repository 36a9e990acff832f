import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Api, ApiError, type ApiOptions } from "../../tools/engine/rest";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves the answers one after the other; the last one is repeated. */
async function serving<T>(
  answers: readonly Answer[],
  use: (endpoint: string, calls: () => number) => Promise<T>,
) {
  let calls = 0;
  const server = createServer((request, response) => {
    const answer = answers[Math.min(calls++, answers.length - 1)];
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => calls);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const status =
  (code: number, body: object = {}, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end(JSON.stringify(body));
const drop: Answer = (request) => request.socket.destroy();

const api = (endpoint: string, options: Partial<ApiOptions> = {}) =>
  new Api({
    name: "Cloud",
    endpoint,
    credentials: () => ({ authorization: "Bearer token" }),
    pace: { pollMs: 1, retryMs: 1, sumologicMs: 0 },
    intervalMs: 0,
    retries: 4,
    ...options,
  });

describe("Engine: calls of an API", () => {
  it("repeats after 429, 5xx and dropped connections, and gives the answer", async () => {
    const answers = [
      status(429, {}, { "retry-after": "0" }),
      status(503),
      status(500),
      drop,
      status(201, { id: 7 }),
    ];
    await serving(answers, async (endpoint, calls) => {
      expect(await api(endpoint).call("POST", "/v2/things", { name: "a" })).to.deep.equal({ id: 7 });
      expect(calls()).to.equal(5);
    });
  });

  it("waits as long as Retry-After says", async () => {
    await serving([status(429, {}, { "retry-after": "1" }), status(200)], async (endpoint) => {
      const began = Date.now();
      await api(endpoint).call("GET", "/");
      expect(Date.now() - began).to.be.at.least(950);
    });
  });

  it("gives up after the last repetition, with the API's own words", async () => {
    await serving([status(500, { message: "out of order" })], async (endpoint, calls) => {
      const error = await api(endpoint, { retries: 2 })
        .call("GET", "/v2/things")
        .catch((fault: Error) => fault);
      expect((error as Error).message).to.equal("Cloud: GET /v2/things: 500 out of order");
      expect(calls()).to.equal(3);
    });
  });

  it("repeats neither a refusal nor 501", async () => {
    for (const code of [401, 404, 409, 422, 501]) {
      await serving([status(code, { errors: [{ message: "no" }] })], async (endpoint, calls) => {
        const error = await api(endpoint)
          .call("POST", "/x")
          .catch((fault: ApiError) => fault);
        expect(error).to.be.instanceOf(ApiError).with.property("status", code);
        expect(calls()).to.equal(1);
      });
    }
  });

  it("never says what was sent", async () => {
    await serving([status(422, { message: "user_data is invalid" })], async (endpoint) => {
      const error = await api(endpoint)
        .call("POST", "/x", { user_data: "hush" })
        .catch((fault: Error) => fault);
      expect(JSON.stringify(error) + String((error as Error).message)).not.to.contain("hush");
    });
  });

  it("keeps its distance between calls", async () => {
    await serving([status(200)], async (endpoint) => {
      const slow = api(endpoint, { intervalMs: 40 });
      const began = Date.now();
      await Promise.all([1, 2, 3, 4].map(() => slow.call("GET", "/")));
      expect(Date.now() - began).to.be.at.least(119);
    });
  });

  it("reads until what it reads is ready", async () => {
    const answers = [
      status(200, { state: "new" }),
      status(200, { state: "new" }),
      status(200, { state: "active" }),
    ];
    await serving(answers, async (endpoint, calls) => {
      const client = api(endpoint);
      await client.until(
        () => client.call("GET", "/"),
        ({ state }) => state === "active",
        "it",
      );
      expect(calls()).to.equal(3);
    });
  });
});
