import type { IncomingMessage } from "node:http";

/** What a call is about. */
export interface Address {
  /** Undefined where the host names none: a client that is pointed at 127.0.0.1. */
  readonly region?: string;
  /** Empty: the account. */
  readonly bucket: string;
  /** Empty: the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
}

/** `[bucket.][region.]digitaloceanspaces.com`, and the same of this machine's own name. */
const host = /^(?:(?<bucket>[a-z0-9.-]+)\.)?(?<region>[a-z]{3}\d)\.(?:digitaloceanspaces\.com|localhost)$/;
const plainHost = /^(?:(?<bucket>[a-z0-9.-]+)\.)?localhost$/;

/** The path and query of a call, which a client that takes this server for its proxy sends with the host before it. */
export function pathOf({ url = "/" }: IncomingMessage): string {
  return url.replace(/^https?:\/\/[^/]+/, "");
}

/** The bucket is in the host's name or is the first part of the path. */
export function addressOf(request: IncomingMessage): Address {
  const name = (request.headers.host ?? "").replace(/:\d+$/, "");
  const { bucket: hosted, region } = (host.exec(name) ?? plainHost.exec(name))?.groups ?? {};
  const [path = "", query] = pathOf(request).split("?", 2);
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  const bucket = hosted ?? parts.shift() ?? "";
  return {
    ...(region !== undefined && { region }),
    bucket,
    key: parts.join("/"),
    query: new URLSearchParams(query),
  };
}
