import type { Call } from "./call";
import { notImplemented, S3Error } from "./s3-error";
import type { Bucket, Storage } from "./storage";
import { contentOf, document, elements } from "./xml";

/** A call about an upload in parts. */
export async function answerUpload(storage: Storage, bucket: Bucket, call: Call): Promise<void> {
  const { method, address } = call;
  const { key, query } = address;
  if (method === "POST" && query.has("uploads")) {
    const { id } = storage.openUpload(bucket.name, key, call.kept());
    return call.send(
      200,
      document("InitiateMultipartUploadResult", { Bucket: bucket.name, Key: key, UploadId: id }),
    );
  }
  const upload = () => storage.upload(query.get("uploadId"), bucket.name, key);
  if (method === "PUT") {
    const number = Number(query.get("partNumber"));
    if (!Number.isInteger(number) || number < 1 || number > 10_000)
      throw new S3Error(400, "InvalidArgument", "partNumber is a number from 1 to 10000.");
    const { id } = upload();
    const part = await call.take(storage.bodies);
    const { parts } = upload();
    const before = parts[number];
    storage.uploads.patch(id, { parts: { ...parts, [number]: part } });
    if (before) await storage.bodies.drop([before.file]);
    return call.send(200, "", { etag: `"${part.md5}"` });
  }
  if (method === "DELETE") {
    await storage.dropUpload(upload());
    return call.send(204);
  }
  if (method !== "POST") throw notImplemented(`${method} of an upload`);
  const listed = elements(contentOf(await call.text(), "CompleteMultipartUpload").Part);
  const { content } = await storage.finishUpload(
    bucket,
    upload(),
    listed.map(({ PartNumber }) => Number(PartNumber)),
  );
  return call.send(
    200,
    document("CompleteMultipartUploadResult", {
      Bucket: bucket.name,
      Key: key,
      ETag: `"${content?.etag}"`,
    }),
  );
}
