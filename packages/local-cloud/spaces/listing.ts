import { S3Error } from "./s3-error";
import type { Storage, Version } from "./storage";
import { document, type Xml } from "./xml";

/** Objects of a bucket, a page at a time, as ListObjects (version 1 and 2) and ListObjectVersions show them. */
export function listObjects(storage: Storage, bucket: string, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const isSecond = query.get("list-type") === "2";
  const after = isSecond
    ? (query.get("continuation-token") ?? query.get("start-after"))
    : query.get("marker");
  const page = paged(storage.objectsOf(bucket, prefix), query, after);
  const entries = page.items.map(({ key, modifiedAt, content }) => ({
    Key: shownKey(key, query),
    LastModified: modifiedAt,
    ETag: `"${content.etag}"`,
    Size: content.size,
    StorageClass: "STANDARD",
  }));
  return document("ListBucketResult", {
    ...frame(bucket, query, page),
    ...(isSecond
      ? { KeyCount: entries.length + page.prefixes.length, NextContinuationToken: page.next }
      : { Marker: after ?? "", NextMarker: page.next }),
    Contents: entries,
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: shownKey(one, query) })),
  });
}

export function listVersions(storage: Storage, bucket: string, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const all = storage.versionsOf(bucket, prefix);
  const isLatest = new Set(all.filter(({ key }, at) => all[at - 1]?.key !== key));
  const page = paged(all, query, query.get("key-marker"));
  const shown = (version: Version): { readonly [name: string]: Xml } => ({
    Key: shownKey(version.key, query),
    VersionId: version.versionId,
    IsLatest: isLatest.has(version),
    LastModified: version.modifiedAt,
  });
  return document("ListVersionsResult", {
    ...frame(bucket, query, page),
    KeyMarker: query.get("key-marker") ?? "",
    NextKeyMarker: page.next,
    NextVersionIdMarker: page.next && "null",
    Version: page.items.flatMap((version) =>
      version.content
        ? [{ ...shown(version), ETag: `"${version.content.etag}"`, Size: version.content.size }]
        : [],
    ),
    DeleteMarker: page.items.filter(({ content }) => !content).map(shown),
    CommonPrefixes: page.prefixes.map((one) => ({ Prefix: shownKey(one, query) })),
  });
}

interface Page<T> {
  readonly items: readonly T[];
  readonly prefixes: readonly string[];
  /** The last key of a page that is not the last one. */
  readonly next?: string;
  readonly size: number;
}

const frame = (bucket: string, query: URLSearchParams, page: Page<unknown>) => ({
  Name: bucket,
  Prefix: query.get("prefix") ?? "",
  MaxKeys: page.size,
  Delimiter: query.get("delimiter") ?? undefined,
  EncodingType: query.get("encoding-type") ?? undefined,
  IsTruncated: page.next !== undefined,
});

/** What comes after a key; a key's versions are on one page. What has the delimiter after the prefix is grouped. */
function paged<T extends { readonly key: string }>(
  all: readonly T[],
  query: URLSearchParams,
  after: string | null,
): Page<T> {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const size = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  if (!Number.isInteger(size) || size < 0) throw new S3Error(400, "InvalidArgument", "max-keys is a number.");
  const items: T[] = [];
  const prefixes: string[] = [];
  let last = after ?? "";
  for (const item of all) {
    const at = delimiter === "" ? -1 : item.key.indexOf(delimiter, prefix.length);
    const shown = at < 0 ? item.key : item.key.slice(0, at + delimiter.length);
    if (shown <= (after ?? "")) continue;
    if (shown !== last && items.length + prefixes.length >= size)
      return { items, prefixes, next: last, size };
    if (at < 0) items.push(item);
    else if (shown !== last) prefixes.push(shown);
    last = shown;
  }
  return { items, prefixes, size };
}

const shownKey = (key: string, query: URLSearchParams): string =>
  query.get("encoding-type") === "url" ? encodeURIComponent(key).replaceAll("%2F", "/") : key;
