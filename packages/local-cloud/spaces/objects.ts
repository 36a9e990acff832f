import type { Call } from "./call";
import { noSuchKey, notImplemented, S3Error } from "./s3-error";
import type { Bucket, Content, Storage, Version } from "./storage";
import { answerUpload } from "./uploads";
import { document } from "./xml";

/** A call about an object. */
export async function answerObject(storage: Storage, call: Call): Promise<void> {
  const { caller, method, address } = call;
  const { bucket: name, key, region, query } = address;
  const isReading = method === "GET" || method === "HEAD";
  caller.require(isReading ? "read" : "write", name);
  const bucket = storage.bucket(name, region);
  if (query.has("uploads") || query.has("uploadId")) return answerUpload(storage, bucket, call);
  if (isReading) return sendObject(storage, bucket, call);
  if (method === "PUT" && call.header("x-amz-copy-source")) return copy(storage, bucket, call);
  if (method === "PUT") {
    const { file, size, md5 } = await call.take(storage.bodies);
    const made = storage.put(bucket, key, { file, size, etag: md5, headers: call.kept() });
    return call.send(200, "", { etag: `"${md5}"`, ...versionHeader(bucket, made) });
  }
  if (method !== "DELETE") throw notImplemented(`${method} of an object`);
  const marker = storage.delete(bucket, key, query.get("versionId"));
  return call.send(204, "", marker && { "x-amz-delete-marker": "true", ...versionHeader(bucket, marker) });
}

async function sendObject(storage: Storage, bucket: Bucket, call: Call): Promise<void> {
  const { key, query } = call.address;
  const version = storage.find(bucket.name, key, query.get("versionId"));
  if (!version?.content) throw noSuchKey(key);
  const { file, size, etag, headers } = version.content;
  const range = rangeOf(call.header("range"), size);
  return call.stream(
    range ? 206 : 200,
    {
      "content-type": "binary/octet-stream",
      ...headers,
      etag: `"${etag}"`,
      "last-modified": new Date(version.modifiedAt).toUTCString(),
      "accept-ranges": "bytes",
      "content-length": range ? range.end - range.start + 1 : size,
      ...(range && { "content-range": `bytes ${range.start}-${range.end}/${size}` }),
      ...versionHeader(bucket, version),
    },
    () => storage.bodies.read(file, range),
  );
}

/** The first and last byte of what a client wants; undefined for all of it. */
function rangeOf(header: string, size: number): { start: number; end: number } | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (!from && !to) return undefined;
  const start = from ? Number(from) : Math.max(size - Number(to), 0);
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end) throw new S3Error(416, "InvalidRange", `The object has ${size} bytes.`);
  return { start, end };
}

async function copy(storage: Storage, bucket: Bucket, call: Call): Promise<void> {
  const source = decodeURIComponent(call.header("x-amz-copy-source")).replace(/^\//, "");
  const [path = "", versionId = null] = source.split("?versionId=");
  const from = path.slice(0, path.indexOf("/"));
  call.caller.require("read", from);
  const key = path.slice(from.length + 1);
  const original: Content | undefined = storage.find(storage.bucket(from).name, key, versionId)?.content;
  if (!original) throw noSuchKey(key);
  const { file, size, md5 } = await storage.bodies.join([original.file]);
  const headers = call.header("x-amz-metadata-directive") === "REPLACE" ? call.kept() : original.headers;
  const { modifiedAt } = storage.put(bucket, call.address.key, { file, size, etag: md5, headers });
  return call.send(200, document("CopyObjectResult", { ETag: `"${md5}"`, LastModified: modifiedAt }));
}

const versionHeader = ({ versioning }: Bucket, { versionId }: Version): Record<string, string> =>
  versioning === undefined ? {} : { "x-amz-version-id": versionId };
