import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type LocalCloud, startLocalCloud } from "../index";
import { S3Client } from "./spaces-client";

describe("Spaces", () => {
  let cloud: LocalCloud;
  let s3: S3Client;

  before(async () => {
    cloud = await startLocalCloud();
    s3 = new S3Client(cloud.spaces.endpoint);
    await s3.call("PUT", "/shelf");
  });
  after(() => cloud.close());

  /** The API of Spaces' keys, which the OpenAPI document at hand does not have. */
  async function keys(method: string, path: string, body?: object) {
    const { endpoint, token } = cloud.digitalocean;
    const response = await fetch(`${endpoint}/v2/spaces/keys${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    return JSON.parse((await response.text()) || "{}") as { key: { access_key: string; secret_key: string } };
  }

  it("keeps objects, and gives them back whole or in part", async () => {
    const put = await s3.call("PUT", "/shelf/a/b%20c.txt", {
      body: "0123456789",
      headers: { "x-amz-meta-by": "me" },
    });
    expect(put.status).to.equal(200);
    const got = await s3.call("GET", "/shelf/a/b%20c.txt");
    expect([got.status, got.body, got.headers["x-amz-meta-by"], got.headers.etag]).to.eql([
      200,
      "0123456789",
      "me",
      put.headers.etag,
    ]);
    for (const [range, part] of [
      ["bytes=2-4", "234"],
      ["bytes=7-", "789"],
      ["bytes=-2", "89"],
    ] as const) {
      const { status, body } = await s3.call("GET", "/shelf/a/b%20c.txt", { headers: { range } });
      expect([status, body]).to.eql([206, part]);
    }
    const head = await s3.call("HEAD", "/shelf/a/b%20c.txt");
    expect([head.status, head.headers["content-length"], head.body]).to.eql([200, "10", ""]);
    expect((await s3.call("DELETE", "/shelf/a/b%20c.txt")).status).to.equal(204);
    expect((await s3.call("GET", "/shelf/a/b%20c.txt")).status).to.equal(404);
  });

  it("takes calls with the bucket in the host's name, and through a proxy's kind of path", async () => {
    const host = "shelf.nyc3.digitaloceanspaces.com";
    await s3.call("PUT", "/hosted", { body: "x", host });
    expect((await s3.call("GET", "/shelf/hosted")).body).to.equal("x");
    expect((await s3.call("GET", "/hosted", { host: "shelf.nyc3.localhost:1" })).body).to.equal("x");
    expect((await s3.call("GET", "/shelf/hosted", { host: "ams3.digitaloceanspaces.com" })).status).to.equal(
      404,
    );
  });

  it("lists a page at a time, with what is below a delimiter as one", async () => {
    await s3.call("PUT", "/listed");
    for (const key of ["a", "b/1", "b/2", "c"]) await s3.call("PUT", `/listed/${key}`, { body: key });
    const keys = (body: string) => [...body.matchAll(/<(?:Key|Prefix)>([^<]+)</g)].map(([, key]) => key);
    const first = (await s3.call("GET", "/listed?list-type=2&delimiter=%2F&max-keys=2")).body;
    expect(keys(first)).to.eql(["a", "b/"]);
    const [, token = ""] = /<NextContinuationToken>([^<]+)</.exec(first) ?? [];
    const second = await s3.call(
      "GET",
      `/listed?list-type=2&delimiter=%2F&continuation-token=${encodeURIComponent(token)}`,
    );
    expect(keys(second.body)).to.eql(["c"]);
    const old = (await s3.call("GET", "/listed?marker=b%2F1")).body;
    expect(keys(old)).to.eql(["b/2", "c"]);
    expect(old).to.contain("<IsTruncated>false<");
  });

  it("puts the parts of an upload together in the order asked for", async () => {
    const begun = await s3.call("POST", "/shelf/big?uploads");
    const [, id] = /<UploadId>([^<]+)</.exec(begun.body) ?? [];
    for (const [number, body] of [
      [2, "world"],
      [1, "hello "],
    ])
      await s3.call("PUT", `/shelf/big?partNumber=${number}&uploadId=${id}`, { body: String(body) });
    const parts = [1, 2].map((number) => `<Part><PartNumber>${number}</PartNumber></Part>`).join("");
    const done = await s3.call("POST", `/shelf/big?uploadId=${id}`, {
      body: `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`,
    });
    expect(done.status).to.equal(200);
    expect((await s3.call("GET", "/shelf/big")).body).to.equal("hello world");
    expect((await s3.call("DELETE", `/shelf/big?uploadId=${id}`)).status).to.equal(404);
  });

  it("keeps what was deleted or replaced in a bucket with versions, until the versions are deleted", async () => {
    await s3.call("PUT", "/versions");
    await s3.call("PUT", "/versions?versioning", {
      body: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    });
    const one = await s3.call("PUT", "/versions/x", { body: "one" });
    await s3.call("PUT", "/versions/x", { body: "two" });
    await s3.call("DELETE", "/versions/x");
    expect((await s3.call("GET", "/versions/x")).status).to.equal(404);
    const id = one.headers["x-amz-version-id"];
    expect((await s3.call("GET", `/versions/x?versionId=${id}`)).body).to.equal("one");
    expect((await s3.call("DELETE", "/versions")).status).to.equal(409);
    const { body } = await s3.call("GET", "/versions?versions");
    const objects = [...body.matchAll(/<VersionId>([^<]+)</g)].map(
      ([, version]) => `<Object><Key>x</Key><VersionId>${version}</VersionId></Object>`,
    );
    expect(objects).to.have.length(3);
    await s3.call("POST", "/versions?delete", { body: `<Delete>${objects.join("")}</Delete>` });
    expect((await s3.call("DELETE", "/versions")).status).to.equal(204);
  });

  it("keeps a bucket's lifecycle as it was given", async () => {
    expect((await s3.call("GET", "/shelf?lifecycle")).body).to.contain("NoSuchLifecycleConfiguration");
    const body = "<LifecycleConfiguration><Rule><ID>a</ID></Rule></LifecycleConfiguration>";
    await s3.call("PUT", "/shelf?lifecycle", { body });
    expect((await s3.call("GET", "/shelf?lifecycle")).body).to.equal(body);
    expect((await s3.call("DELETE", "/shelf?lifecycle")).status).to.equal(204);
    expect((await s3.call("GET", "/shelf?lifecycle")).status).to.equal(404);
  });

  it("refuses a wrong signature, another body than the signed one, and whatever a key was not granted", async () => {
    const wrong = new S3Client(cloud.spaces.endpoint, { ...cloud.spaces, secretKey: "wrong" });
    expect((await wrong.call("GET", "/")).body).to.contain("SignatureDoesNotMatch");
    const other = await s3.call("PUT", "/shelf/forged", {
      body: "forged",
      headers: { "x-amz-content-sha256": "0".repeat(64) },
    });
    expect(other.body).to.contain("XAmzContentSHA256Mismatch");

    await s3.call("PUT", "/others");
    const grants = [
      { bucket: "shelf", permission: "readwrite" },
      { bucket: "listed", permission: "read" },
    ];
    const { key } = await keys("POST", "", { name: "limited", grants });
    const limited = new S3Client(cloud.spaces.endpoint, {
      accessId: key.access_key,
      secretKey: key.secret_key,
    });
    const status = async (method: string, path: string) => (await limited.call(method, path)).status;
    expect(await status("PUT", "/shelf/mine")).to.equal(200);
    expect(await status("GET", "/listed/a")).to.equal(200);
    expect(await status("PUT", "/listed/a")).to.equal(403);
    expect(await status("GET", "/others")).to.equal(403);
    expect(await status("PUT", "/new")).to.equal(403);
    expect(await status("DELETE", "/shelf")).to.equal(403);
    expect((await keys("GET", `/${key.access_key}`)).key).to.not.have.property("secret_key");
    await keys("DELETE", `/${key.access_key}`);
    expect(await status("PUT", "/shelf/mine")).to.equal(403);
  });

  it("has its objects again after a restart with a state file", async () => {
    const directory = mkdtempSync(join(tmpdir(), "spaces-test-"));
    const stateFile = join(directory, "state");
    try {
      const first = await startLocalCloud({ stateFile });
      const before = new S3Client(first.spaces.endpoint);
      await before.call("PUT", "/kept");
      await before.call("PUT", "/kept/x", { body: "still here" });
      await first.close();
      const second = await startLocalCloud({ stateFile });
      expect((await new S3Client(second.spaces.endpoint).call("GET", "/kept/x")).body).to.equal("still here");
      await second.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
