/** An answer that says no, with S3's own code for it. */
export class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const noSuchBucket = (name: string): S3Error =>
  new S3Error(404, "NoSuchBucket", `There is no bucket ${name} here.`);
export const noSuchKey = (key: string): S3Error =>
  new S3Error(404, "NoSuchKey", `There is no object ${key}.`);
export const accessDenied = (): S3Error => new S3Error(403, "AccessDenied", "The key may not do that.");
export const notImplemented = (what: string): S3Error =>
  new S3Error(501, "NotImplemented", `The local Spaces does not know ${what}.`);
export const malformed = (message: string): S3Error => new S3Error(400, "MalformedXML", message);
