import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { run } from "../../nodes/exec";
import { createNodes } from "../../nodes/nodes";
import { canRunNodes } from "../../nodes/requirements";
import { cleanUp } from "../../nodes/run-directory";
import { runningNodes } from "../../nodes/running";
import { dropletBody, worldOf } from "./objects";

describe("a run that ends", function () {
  this.timeout(300_000);
  let stateDir: string;

  before(async function () {
    if (!canRunNodes().ok) {
      console.log("      skipped: machines can't run here");
      return this.skip();
    }
    stateDir = await mkdtemp(join(tmpdir(), "local-cloud-test-"));
  });

  after(async () => {
    if (stateDir) await rm(stateDir, { recursive: true });
  });

  it("leaves no process or mount even when it is killed, and the next start removes the rest", async () => {
    const argv = ["--require", require.resolve("tsx/cjs"), join(__dirname, "owner.ts"), stateDir];
    const owner = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
    await once(owner.stdout, "data");
    const [node] = await runningNodes(stateDir);
    expect(node?.name).to.equal("node-1");
    const init = node?.init ?? 0;
    expect(existsSync(`/proc/${init}`)).to.equal(true);
    expect(processesOf(stateDir)).not.to.deep.equal([]);
    expect(await run(["losetup", "--list"])).to.contain(stateDir);

    owner.kill("SIGKILL");
    for (let tries = 0; tries < 50 && processesOf(stateDir).length > 0; tries++) await delay(100);
    expect(processesOf(stateDir)).to.deep.equal([]);
    expect(existsSync(`/proc/${init}`)).to.equal(false);
    expect(readFileSync("/proc/mounts", "utf8")).not.to.contain(stateDir);
    expect(await runningNodes(stateDir)).to.deep.equal([]);

    expect(await cleanUp(stateDir)).to.equal(1);
    expect(readdirSync(stateDir)).to.deep.equal([]);
    expect(await run(["losetup", "--list"])).not.to.contain(stateDir);
  });

  it("leaves another that goes on alone", async () => {
    const [first, second] = [await createNodes({ stateDir }), await createNodes({ stateDir })];
    try {
      await second.reconcile(worldOf());
      await second.createDroplet(dropletBody(1, ""));
      await first.close();
      expect(await cleanUp(stateDir)).to.equal(0);
      expect((await second.run("node-1", ["cat", "/etc/droplet-id"])).trim()).to.equal("1");
    } finally {
      await second.close();
    }
    expect(readdirSync(stateDir)).to.deep.equal([]);
  });
});

/** Command lines that name a path. */
function processesOf(path: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => (existsSync(`/proc/${pid}/cmdline`) ? commandLine(pid) : ""))
    .filter((line) => line.includes(path));
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it has just ended
  }
}
