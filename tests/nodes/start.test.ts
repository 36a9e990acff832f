import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import { until } from "../../tools/shared/until";
import { verb } from "../cloud/support";
import { skipWithoutNodes } from "./rehearsed";

const run = promisify(execFile);

describe("npm start with servers", function () {
  this.timeout(300_000);

  it("ends with a line that asks the site as it says, opens its servers, and takes them down again", async function () {
    skipWithoutNodes(this);
    const { child, said, ended } = verb("start", "--nodes", "on");
    const line = () => /^ {2}curl .*$/m.exec(said.stdout)?.[0];
    await until("The site did not answer", 240, async () => line() !== undefined || child.exitCode !== null);
    try {
      const { stdout } = await run("sh", ["-c", `${line()} --silent --show-error --fail`]);
      expect(JSON.parse(stdout)).to.include.keys("web", "app");

      const inside = await verb("ssh", "server-1", "hostname").ended;
      expect(inside.stdout).to.equal("sandbox-server-1\n");
      const journal = await verb("logs", "server-1", "--unit", "nginx", "--lines", "5").ended;
      expect(journal.stdout).to.contain("nginx");
    } finally {
      child.kill("SIGINT");
    }
    await ended;
    const gone = await verb("ssh", "server-1", "hostname").ended;
    expect(gone).to.deep.include({ code: 1, stdout: "" });
  });
});
