import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Caller } from "./access";
import type { Address } from "./address";
import type { Bodies, Body } from "./bodies";
import { S3Error } from "./s3-error";

/** A call that is signed, and its answer. */
export class Call {
  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly caller: Caller,
    readonly address: Address,
    /** Resolves when what was changed outlives this process. */
    private readonly settled: () => Promise<void>,
  ) {}

  get method(): string {
    return this.request.method ?? "GET";
  }

  header(name: string): string {
    return String(this.request.headers[name] ?? "");
  }

  /** The headers that an object keeps. */
  kept(): Record<string, string> {
    const kept = /^(content-type|content-encoding|content-disposition|cache-control|x-amz-meta-.*)$/;
    return Object.fromEntries(
      Object.entries(this.request.headers).flatMap(([name, value]) =>
        kept.test(name) ? [[name, String(value)]] : [],
      ),
    );
  }

  /** The body as a text. */
  text(): Promise<string> {
    return text(this.request);
  }

  /** Takes the body in. @throws S3Error where it is not what was signed */
  async take(bodies: Bodies): Promise<Body> {
    const body = await bodies.take(this.request);
    const signed = this.header("x-amz-content-sha256");
    const md5 = this.header("content-md5");
    const isOther = signed !== "UNSIGNED-PAYLOAD" && signed !== body.sha256;
    if (isOther || (md5 && Buffer.from(md5, "base64").toString("hex") !== body.md5)) {
      await bodies.drop([body.file]);
      throw isOther
        ? new S3Error(400, "XAmzContentSHA256Mismatch", "The body is not the one that was signed.")
        : new S3Error(400, "BadDigest", "The body's MD5 is another one.");
    }
    return body;
  }

  /** Answers with a document, or nothing. */
  async send(status: number, document = "", headers: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.settled();
    const type = document ? { "content-type": "application/xml" } : {};
    this.response.writeHead(status, {
      ...type,
      ...headers,
      ...(status !== 204 && { "content-length": Buffer.byteLength(document) }),
    });
    this.response.end(this.method === "HEAD" ? undefined : document);
  }

  /** Answers with an object's bytes. */
  async stream(
    status: number,
    headers: Readonly<Record<string, string | number>>,
    content: () => Readable,
  ): Promise<void> {
    this.response.writeHead(status, headers);
    if (this.method === "HEAD") this.response.end();
    else await pipeline(content(), this.response);
  }
}
