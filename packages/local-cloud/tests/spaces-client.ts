import { request } from "node:http";
import { text } from "node:stream/consumers";
import { sign } from "aws4";
import { ownKey } from "../spaces/access";

export interface S3Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface S3Request {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Name in the Host header; default: the endpoint's. */
  readonly host?: string;
}

/** Signs and sends calls as S3 clients do. */
export class S3Client {
  constructor(
    private readonly endpoint: string,
    private readonly key: { readonly accessId: string; readonly secretKey: string } = ownKey,
  ) {}

  call(method: string, path: string, { body = "", headers = {}, host }: S3Request = {}): Promise<S3Answer> {
    const { hostname, port } = new URL(this.endpoint);
    const signed = sign(
      { service: "s3", method, path, body, headers: { host: host ?? `${hostname}:${port}`, ...headers } },
      { accessKeyId: this.key.accessId, secretAccessKey: this.key.secretKey },
    );
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, method, path, headers: signed.headers }, async (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: await text(response) });
      });
      asked.on("error", reject).end(body);
    });
  }
}
