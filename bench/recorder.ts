import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { object, type Props } from "../tools/engine/props";

/** A call that went through a recorder; times in milliseconds. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly began: number;
  readonly ended: number;
  readonly answer: Props;
}

export interface Recorder {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  close(): void;
}

/** What belongs to one connection and is not passed on. */
const ofConnection = [
  "connection",
  "content-encoding",
  "content-length",
  "host",
  "keep-alive",
  "transfer-encoding",
];

/** Stands before an API on this machine, passes all calls on, and keeps them. */
export async function startRecorder(target: string): Promise<Recorder> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const { method = "GET", url: path = "/" } = request;
    const began = performance.now();
    const body = await read(request);
    const answer = await fetch(new URL(path, target), {
      method,
      headers: passedOn(
        Object.entries(request.headersDistinct).map(([name, values]) => [name, String(values)]),
      ),
      ...(body === "" ? {} : { body }),
    });
    const text = await answer.text();
    calls.push({
      method,
      path,
      status: answer.status,
      began,
      ended: performance.now(),
      answer: parsed(text),
    });
    response.writeHead(answer.status, passedOn([...answer.headers])).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, calls, close: () => server.close() };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const passedOn = (headers: [string, string][]): Record<string, string> =>
  Object.fromEntries(headers.filter(([name]) => !ofConnection.includes(name.toLowerCase())));

function parsed(text: string): Props {
  try {
    return object(JSON.parse(text));
  } catch {
    return {};
  }
}
