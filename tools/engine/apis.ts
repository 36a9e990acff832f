import { sign } from "aws4";
import { Api, contentType, type Pace } from "./rest";

export interface DigitalOceanAccess {
  readonly endpoint: string;
  readonly token: string;
}

export interface SpacesAccess {
  readonly endpoint: string;
  readonly accessId: string;
  readonly secretKey: string;
}

export interface SumoLogicAccess {
  /** Ends in `/api/`. */
  readonly endpoint: string;
  readonly accessId: string;
  readonly accessKey: string;
}

/** DigitalOcean's API, called as its provider does: a failed call is repeated four times. */
export function digitalOceanApi({ endpoint, token }: DigitalOceanAccess, pace: Pace): Api {
  return new Api({
    name: "DigitalOcean",
    endpoint,
    credentials: () => ({ authorization: `Bearer ${token}` }),
    pace,
    intervalMs: 0,
    retries: 4,
  });
}

/** Sumo Logic's API, called as its provider does: one call every quarter of a second, a failed one repeated ten times. */
export function sumoLogicApi({ endpoint, accessId, accessKey }: SumoLogicAccess, pace: Pace): Api {
  const credentials = Buffer.from(`${accessId}:${accessKey}`).toString("base64");
  const authorization = `Basic ${credentials}`;
  return new Api({
    name: "Sumo Logic",
    endpoint,
    credentials: () => ({ authorization }),
    pace,
    intervalMs: pace.sumologicMs,
    retries: 10,
  });
}

/** Spaces, which speak S3, with the buckets in the path. */
export function spacesApi(access: SpacesAccess, pace: Pace): Api {
  return new Api({
    name: "Spaces",
    endpoint: access.endpoint,
    credentials: (method, url, body) => spacesCredentials(access, method, url, body),
    pace,
    intervalMs: 0,
    retries: 4,
  });
}

/** The headers by which Spaces let a call in that has the content type of all of them. */
export function spacesCredentials(
  { accessId, secretKey }: SpacesAccess,
  method: string,
  { host, pathname, search }: URL,
  body: string,
): Record<string, string> {
  const headers = { "content-type": contentType };
  const call = { service: "s3", method, host, path: pathname + search, body, headers };
  const signed = sign(call, { accessKeyId: accessId, secretAccessKey: secretKey }).headers ?? {};
  // The others fetch sets itself.
  const sent = ["Authorization", "X-Amz-Content-Sha256", "X-Amz-Date"];
  return Object.fromEntries(sent.map((name) => [name, String(signed[name])]));
}

/** Whether the address is one of this machine. */
export function isLocal(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  return ["127.0.0.1", "localhost", "[::1]"].includes(host);
}
