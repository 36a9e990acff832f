import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Request, RequestSigner } from "aws4";
import type { Core } from "../core/core";
import type { Collection } from "../core/store";
import type { Grant, SpacesKey } from "../digitalocean/spaces-keys";
import { pathOf } from "./address";
import { accessDenied, notImplemented, S3Error } from "./s3-error";

/** The key that the local Spaces has from the start; it may do everything. */
export const ownKey = { accessId: "local-cloud-spaces-id", secretKey: "local-cloud-spaces-key" };

/** How far the clocks of both sides may be apart, in milliseconds. */
const skewMs = 15 * 60_000;

const header =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** What a call does: `read` and `write` are about objects, `manage` is about the bucket itself. */
export type Deed = "read" | "write" | "manage";

/** Who a call comes from, told by its signature (version 4, in the header). */
export class Caller {
  private constructor(private readonly grants: readonly Grant[]) {}

  /** @throws S3Error where the call is not signed as it should be. */
  static of(request: IncomingMessage, core: Core): Caller {
    const [, id = "", region = "", signed = "", signature = ""] =
      header.exec(request.headers.authorization ?? "") ?? [];
    if (!id) throw accessDenied();
    const known = credentials(core, id);
    if (!known) throw new S3Error(403, "InvalidAccessKeyId", "There is no such key.");
    const date = String(request.headers["x-amz-date"] ?? "");
    const at = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
    if (!(Math.abs(at - Date.now()) <= skewMs))
      throw new S3Error(403, "RequestTimeTooSkewed", "The call's time is too far from the server's.");
    const payload = String(request.headers["x-amz-content-sha256"] ?? "");
    if (payload.startsWith("STREAMING-")) throw notImplemented(payload);
    const expected = expectedSignature(request, { region, signed: signed.split(";"), date, ...known });
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature)))
      throw new S3Error(403, "SignatureDoesNotMatch", "The signature is not that of the call.");
    return new Caller(known.grants);
  }

  /** Whether it may do that to a bucket; without one, whether it may do everything. */
  may(deed: Deed, bucket?: string): boolean {
    return this.grants.some(
      ({ permission, bucket: granted }) =>
        permission === "fullaccess" ||
        (granted === bucket && (deed === "read" || (deed === "write" && permission === "readwrite"))),
    );
  }

  /** @throws S3Error where it may not. */
  require(deed: Deed, bucket?: string): void {
    if (!this.may(deed, bucket)) throw accessDenied();
  }
}

interface Known {
  readonly secretKey: string;
  readonly grants: readonly Grant[];
}

function credentials({ store }: Core, id: string): Known | undefined {
  if (id === ownKey.accessId)
    return { secretKey: ownKey.secretKey, grants: [{ bucket: "", permission: "fullaccess" }] };
  const keys: Collection<SpacesKey> = store.collection("digitalocean/spaces-keys");
  const key = keys.get(id);
  return key && { secretKey: key.secret_key, grants: key.grants };
}

interface Signed extends Known {
  readonly region: string;
  /** Names of the headers that the signature covers. */
  readonly signed: readonly string[];
  readonly date: string;
}

function expectedSignature(request: IncomingMessage, { region, signed, date, secretKey }: Signed): string {
  const covered = Object.fromEntries(signed.map((name) => [name, String(request.headers[name] ?? "")]));
  const call: Request & { extraHeadersToInclude: Readonly<Record<string, boolean>> } = {
    service: "s3",
    region,
    method: request.method,
    path: pathOf(request),
    headers: covered,
    doNotModifyHeaders: true,
    // Among them some that it would leave out by itself.
    extraHeadersToInclude: Object.fromEntries(signed.map((name) => [name, true])),
  };
  const signer = new RequestSigner(call, { accessKeyId: "", secretAccessKey: secretKey });
  signer.datetime = date;
  return signer.signature();
}
