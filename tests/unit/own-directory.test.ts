import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ownDirectory } from "../../tools/shared/own-directory";

describe("a process's own directory", () => {
  it("is made beside those of others that live, and removes those of the dead alone", () => {
    const parent = mkdtempSync(join(tmpdir(), "own-directory-"));
    const dead = spawnSync("true").pid;
    for (const name of [dead, process.ppid, "authority.pem"]) mkdirSync(join(parent, `${name}`));
    expect(ownDirectory(parent)).to.equal(join(parent, `${process.pid}`));
    expect(readdirSync(parent)).to.have.members([`${process.pid}`, `${process.ppid}`, "authority.pem"]);
    rmSync(parent, { recursive: true });
  });
});
