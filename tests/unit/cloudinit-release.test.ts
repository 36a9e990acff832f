import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { fileOf, specOf } from "./cloudinit-support";

const program = "#!/bin/sh\necho it runs\n";
/** Stands for curl: what is fetched is the file `fetched`. */
const curl = '#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\ncp "$(dirname "$0")/fetched" "$2"\n';

describe("the application's release on a server", () => {
  let folder: string;

  before(function () {
    if (process.platform === "linux") return;
    console.log("      skipped: the script is for the tools of Linux");
    this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "release-"));
    writeFileSync(join(folder, "curl"), curl, { mode: 0o755 });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script on what is at the address. */
  function install(content: Buffer | string, sha256 = createHash("sha256").update(content).digest("hex")) {
    writeFileSync(join(folder, "fetched"), content);
    const release = { url: "https://example.com/v1/the%20site?a=b", sha256, start: "./site" };
    const spec = specOf({ app: { ...specOf().app, release } });
    const script = fileOf(spec, "/usr/local/sbin/app-release").replaceAll("/opt/app", join(folder, "app"));
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return spawnSync("sh", ["-c", script], { env, encoding: "utf8" });
  }

  const installed = (name: string) => join(folder, "app/release", name);

  it("is an archive's content, which others than root may read", () => {
    mkdirSync(join(folder, "content"), { mode: 0o700 });
    writeFileSync(join(folder, "content/site"), program, { mode: 0o700 });
    const { stdout } = spawnSync("tar", ["-cz", "-C", join(folder, "content"), "."]);
    expect(install(stdout)).to.include({ status: 0, stderr: "" });
    expect(readFileSync(installed("site"), "utf8")).to.equal(program);
    expect([".", "site"].map((name) => statSync(installed(name)).mode & 0o777)).to.deep.equal([0o755, 0o755]);
  });

  it("is a program by itself, under its file name", () => {
    expect(install(program)).to.include({ status: 0, stderr: "" });
    expect(spawnSync(installed("the site"), { encoding: "utf8" }).stdout).to.equal("it runs\n");
  });

  it("is refused when it is another one", () => {
    const { status, stderr } = install(program, "0".repeat(64));
    expect(status).to.equal(1);
    expect(stderr).to.match(/does not have the SHA-256 0{64}: refused\.\n$/);
    expect(existsSync(installed("."))).to.equal(false);
  });
});
