import { randomBytes, randomUUID } from "node:crypto";
import type { Core } from "../core/core";
import type { Collection } from "../core/store";
import { Bodies, type Body } from "./bodies";
import { malformed, noSuchBucket, S3Error } from "./s3-error";

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: string;
  readonly versioning?: "Enabled" | "Suspended";
  /** Settings that are kept as they came, by the name of their subresource. */
  readonly settings: Readonly<Record<string, string>>;
}

/** One version of an object; without versioning it is the only one, with the id `null`. */
export interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly modifiedAt: string;
  /** Absent: the mark of a deletion. */
  readonly content?: Content;
}

export interface Content {
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  /** Headers that go with it: its type and the client's own. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An upload in parts. */
export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Content["headers"];
  readonly parts: Readonly<Record<number, Body>>;
}

/** What the local Spaces holds. */
export class Storage {
  readonly bodies: Bodies;
  readonly buckets: Collection<Bucket>;
  readonly uploads: Collection<Upload>;
  private readonly versions: Collection<Version>;

  constructor(
    private readonly core: Core,
    private readonly openRegion: (region: string) => Promise<void>,
  ) {
    this.bodies = new Bodies(core.options.stateFile);
    this.buckets = core.store.collection("digitalocean/spaces-buckets");
    this.versions = core.store.collection("digitalocean/spaces-versions");
    this.uploads = core.store.collection("digitalocean/spaces-uploads");
  }

  /** @throws S3Error where there is none, or it is in another region than the one asked. */
  bucket(name: string, region?: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket || (region !== undefined && bucket.region !== region)) throw noSuchBucket(name);
    return bucket;
  }

  async createBucket(name: string, region: string): Promise<void> {
    if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name))
      throw new S3Error(400, "InvalidBucketName", "A name is 3 to 63 lower-case letters, digits and -.");
    if (this.buckets.get(name))
      throw new S3Error(409, "BucketAlreadyExists", `There is a bucket ${name} already.`);
    this.buckets.put(name, { name, region, createdAt: this.now(), settings: {} });
    await this.openRegion(region);
  }

  deleteBucket(name: string): void {
    if (this.versionsOf(name).length > 0)
      throw new S3Error(409, "BucketNotEmpty", `The bucket ${name} is not empty.`);
    this.buckets.delete(name);
    this.core.store.collection("digitalocean/assignments").delete(`do:space:${name}`);
  }

  /** All versions in a bucket by key, the newest of a key first. */
  versionsOf(bucket: string, prefix = ""): Version[] {
    return this.versions
      .list()
      .reverse()
      .filter((version) => version.bucket === bucket && version.key.startsWith(prefix))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }

  /** The newest versions that are no marks of deletion, by key. */
  objectsOf(bucket: string, prefix = ""): (Version & { readonly content: Content })[] {
    const newest = this.versionsOf(bucket, prefix).filter(({ key }, at, all) => all[at - 1]?.key !== key);
    return newest.flatMap(({ content, ...version }) => (content ? [{ ...version, content }] : []));
  }

  /** The version of that id; without one, the newest. */
  find(bucket: string, key: string, versionId: string | null): Version | undefined {
    const all = this.versionsOf(bucket, key).filter((version) => version.key === key);
    return versionId === null ? all[0] : all.find((version) => version.versionId === versionId);
  }

  put({ name, versioning }: Bucket, key: string, content?: Content): Version {
    const versionId = versioning === "Enabled" ? randomBytes(16).toString("hex") : "null";
    const version: Version = {
      bucket: name,
      key,
      versionId,
      modifiedAt: this.now(),
      ...(content && { content }),
    };
    if (versionId === "null") this.forget({ bucket: name, key, versionId });
    return this.versions.put(rowId(version), version);
  }

  /** Deletes a version; or, without its id, the object, of which a bucket with versions keeps what was. */
  delete(bucket: Bucket, key: string, versionId: string | null): Version | undefined {
    if (versionId === null && bucket.versioning !== undefined) return this.put(bucket, key);
    this.forget({ bucket: bucket.name, key, versionId: versionId ?? "null" });
    return undefined;
  }

  openUpload(bucket: string, key: string, headers: Content["headers"]): Upload {
    const id = randomUUID();
    return this.uploads.put(id, { id, bucket, key, headers, parts: {} });
  }

  /** @throws S3Error where there is none of that id for the object. */
  upload(id: string | null, bucket: string, key: string): Upload {
    const upload = this.uploads.get(id ?? "");
    if (upload?.bucket !== bucket || upload.key !== key)
      throw new S3Error(404, "NoSuchUpload", "There is no such upload.");
    return upload;
  }

  async finishUpload(bucket: Bucket, upload: Upload, numbers: readonly number[]): Promise<Version> {
    const parts = numbers.map((number) => upload.parts[number]);
    if (parts.length === 0) throw malformed("An upload has a part at least.");
    if (!parts.every((part) => part !== undefined))
      throw new S3Error(400, "InvalidPart", "A part is missing.");
    const { file, size, md5 } = await this.bodies.join(parts.map((part) => part.file));
    await this.dropUpload(upload);
    const etag = `${md5}-${parts.length}`;
    return this.put(bucket, upload.key, { file, size, etag, headers: upload.headers });
  }

  async dropUpload({ id, parts }: Upload): Promise<void> {
    this.uploads.delete(id);
    await this.bodies.drop(Object.values(parts).map(({ file }) => file));
  }

  private forget(version: Pick<Version, "bucket" | "key" | "versionId">): void {
    const file = this.versions.get(rowId(version))?.content?.file;
    this.versions.delete(rowId(version));
    if (file) void this.bodies.drop([file]);
  }

  private now(): string {
    return new Date(this.core.clock.now()).toISOString();
  }
}

const rowId = ({ bucket, key, versionId }: Pick<Version, "bucket" | "key" | "versionId">): string =>
  `${bucket}/${key}?${versionId}`;
