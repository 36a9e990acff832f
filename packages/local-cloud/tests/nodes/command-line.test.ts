import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { canRunNodes } from "../../nodes/requirements";

const program = join(__dirname, "../../bin/local-cloud.js");

describe("the command line with --nodes on", function () {
  this.timeout(300_000);

  before(function () {
    if (canRunNodes().ok) return;
    console.log("      skipped: machines can't run here");
    this.skip();
  });

  it("starts, and ends in order", async () => {
    const ports = ["--digitalocean-port", "0", "--sumologic-port", "0"];
    const cloud = spawn(process.execPath, [program, "--nodes", "on", ...ports]);
    const [said] = await once(cloud.stdout, "data");
    expect(String(said)).to.contain("DigitalOcean  http://127.0.0.1:");
    cloud.kill("SIGINT");
    expect(await once(cloud, "exit")).to.deep.equal([0, null]);
  });
});
