import type { Caller } from "./access";
import type { Address } from "./address";
import type { Call } from "./call";
import { listObjects, listVersions } from "./listing";
import { malformed, notImplemented, S3Error } from "./s3-error";
import type { Bucket, Storage } from "./storage";
import { contentOf, document, elements } from "./xml";

/** Regions where a client names none by the host. */
const defaultRegion = "nyc3";

/** Settings that are kept as they are given, and what reading says where nothing was. */
const settings: Readonly<Record<string, S3Error>> = {
  lifecycle: new S3Error(404, "NoSuchLifecycleConfiguration", "The bucket has no lifecycle."),
  cors: new S3Error(404, "NoSuchCORSConfiguration", "The bucket has no CORS rules."),
  policy: new S3Error(404, "NoSuchBucketPolicy", "The bucket has no policy."),
};

/** The account's buckets, of which a caller sees those it may read. */
export function listBuckets({ buckets }: Storage, caller: Caller): string {
  const visible = buckets.list().filter(({ name }) => caller.may("read", name));
  return document("ListAllMyBucketsResult", {
    Owner: { ID: "local-cloud", DisplayName: "local-cloud" },
    Buckets: { Bucket: visible.map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt })) },
  });
}

/** A call about a bucket itself. */
export async function answerBucket(storage: Storage, call: Call): Promise<void> {
  const { caller, address, method } = call;
  const { bucket: name, region, query } = address;
  const setting = Object.keys(settings).find((one) => query.has(one));
  const subject =
    setting ?? ["versioning", "acl", "location", "versions", "delete"].find((one) => query.has(one));
  if (method === "PUT" && subject === undefined) {
    caller.require("manage");
    const body = await call.text();
    const location = body && contentOf(body, "CreateBucketConfiguration").LocationConstraint;
    await storage.createBucket(name, region ?? String(location || defaultRegion));
    return call.send(200);
  }
  const bucket = storage.bucket(name, region);
  if (method === "POST" && subject === "delete") {
    caller.require("write", name);
    return call.send(200, await deleteMany(storage, bucket, await call.text()));
  }
  if (method === "GET" || method === "HEAD") {
    caller.require("read", name);
    return call.send(200, shown(storage, bucket, address, subject));
  }
  caller.require("manage");
  if (subject !== undefined) {
    await set(storage, bucket, subject, method === "PUT" ? await call.text() : undefined);
    return call.send(method === "PUT" ? 200 : 204);
  }
  if (method !== "DELETE") throw notImplemented(`${method} of a bucket`);
  storage.deleteBucket(name);
  return call.send(204);
}

function shown(
  storage: Storage,
  { name, region, versioning, settings: kept }: Bucket,
  { query }: Address,
  subject: string | undefined,
): string {
  if (subject === undefined) return listObjects(storage, name, query);
  if (subject === "versions") return listVersions(storage, name, query);
  if (subject === "location") return document("LocationConstraint", { "#text": region });
  if (subject === "versioning") return document("VersioningConfiguration", { Status: versioning });
  if (subject === "acl")
    return document("AccessControlPolicy", { Owner: { ID: "local-cloud" }, AccessControlList: {} });
  const setting = kept[subject];
  if (setting !== undefined) return setting;
  throw settings[subject] ?? notImplemented(subject);
}

/** Gives a bucket a setting; without a text takes it away. */
async function set(
  { buckets }: Storage,
  { name, settings: kept }: Bucket,
  subject: string,
  text: string | undefined,
): Promise<void> {
  // Whoever is not given access by a key has none.
  if (subject === "acl") return;
  if (subject === "versioning") {
    const status = contentOf(text ?? "", "VersioningConfiguration").Status;
    if (status !== "Enabled" && status !== "Suspended") throw malformed("Status is Enabled or Suspended.");
    buckets.patch(name, { versioning: status });
    return;
  }
  const { [subject]: _, ...others } = kept;
  buckets.patch(name, { settings: text === undefined ? others : { ...others, [subject]: text } });
}

async function deleteMany(storage: Storage, bucket: Bucket, body: string): Promise<string> {
  const asked = contentOf(body, "Delete");
  const deleted = elements(asked.Object).map(({ Key, VersionId }) => {
    const marker = storage.delete(bucket, String(Key), VersionId === undefined ? null : String(VersionId));
    return { Key, VersionId, ...(marker && { DeleteMarker: true, DeleteMarkerVersionId: marker.versionId }) };
  });
  return document("DeleteResult", { Deleted: asked.Quiet === "true" ? [] : deleted });
}
