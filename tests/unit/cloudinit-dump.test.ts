import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { fileOf, managed, selfRun, specOf } from "./cloudinit-support";

const dump = "INSERT INTO `entries` VALUES (1,0x00FF);\n-- Dump completed on 2026-11-21 10:00:00\n";
const brokenOff = "INSERT INTO `entries` VALUES (1,0x00FF)";

/** Stands for MariaDB's programs: notes what it is asked to do, answers with its own limit, and takes a load. */
const mariadb = `#!/bin/sh
for last; do :; done
echo "$last" >>"$(dirname "$0")/asked"
case $last in
    *max_allowed_packet) echo 67108864 ;;
    app) cat >"$(dirname "$0")/loaded" ;;
esac
`;

describe("a dump on a server", () => {
  let folder: string;

  before(function () {
    if (process.platform === "linux") return;
    console.log("      skipped: the scripts are for the tools of Linux");
    this.skip();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dump-"));
    for (const name of ["mariadb", "mariadb-dump"])
      writeFileSync(join(folder, name), mariadb, { mode: 0o755 });
    writes(true);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Whether the server takes writes, as its health tells curl. */
  const writes = (does: boolean) =>
    writeFileSync(join(folder, "curl"), `#!/bin/sh\nexit ${does ? 0 : 22}\n`, { mode: 0o755 });
  const written = (name: string) => readFileSync(join(folder, name), "utf8");

  function run(name: string, input = "", spec = specOf({ database: selfRun("primary-replica") })) {
    const script = fileOf(spec, `/usr/local/sbin/${name}`);
    writeFileSync(join(folder, name), script.replace("$(cat /etc/app/database-password)", "secret"), {
      mode: 0o755,
    });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return spawnSync(join(folder, name), { env, input, encoding: "utf8" });
  }

  it("is loaded whole, with room for its longest rows meanwhile", () => {
    expect(run("database-load", dump)).to.include({ status: 0, stderr: "" });
    expect(written("loaded")).to.equal(`\n${dump}`);
    expect(written("asked").split("\n").slice(-4)).to.deep.equal([
      "SET GLOBAL max_allowed_packet = 1073741824",
      "app",
      "SET GLOBAL max_allowed_packet = 67108864",
      "",
    ]);
  });

  it("is not taken for loaded where it broke off, or never began", () => {
    for (const input of [brokenOff, ""]) {
      const { status, stderr } = run("database-load", input);
      expect(status).to.equal(1);
      expect(stderr).to.match(/^The dump broke off/);
      expect(written("asked")).to.match(/max_allowed_packet = 67108864\n$/);
    }
  });

  it("is neither taken from a server that takes no writes nor loaded there", () => {
    writes(false);
    expect(run("database-dump")).to.include({ status: 1, stdout: "" });
    expect(run("database-load", dump).stderr).to.match(/^This server takes no writes/);
    expect(existsSync(join(folder, "asked"))).to.equal(false);
  });

  it("is loaded into a managed database, whose limits stay as they are", () => {
    const spec = specOf({ roles: ["app"], database: managed });
    expect(run("database-load", dump, spec)).to.include({ status: 0, stderr: "" });
    expect(written("asked")).not.to.include("max_allowed_packet");
  });
});
