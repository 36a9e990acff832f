import { existsSync } from "node:fs";
import { expect } from "chai";
import { ProcessorTimes } from "../../nodes/processors";

describe("what a machine sees of its processors", () => {
  const used = (user: number, system: number) => `usage_usec 0\nuser_usec ${user}\nsystem_usec ${system}\n`;
  const times = (text: string, name: string) =>
    new RegExp(`^${name} +(.*)$`, "m").exec(text)?.[1]?.split(/ +/).map(Number);

  before(function () {
    if (existsSync("/proc/stat")) return;
    console.log("      skipped: this machine has no /proc/stat");
    this.skip();
  });

  it("is what its control group used, and idle for the rest since its start, in hundredths of a second", () => {
    const text = new ProcessorTimes(2, used(1e6, 1e6), 0).at(used(3e6, 2e6), 10_000);
    expect(times(text, "cpu")).to.deep.equal([300, 0, 200, 1700, 0, 0, 0, 0, 0, 0]);
    expect(times(text, "cpu1")).to.deep.equal([150, 0, 100, 850, 0, 0, 0, 0, 0, 0]);
    expect(times(text, "cpu2")).to.equal(undefined);
  });

  it("counts idle time never back, where a machine uses more than its size has", () => {
    const own = new ProcessorTimes(1, used(0, 0), 0);
    own.at(used(0, 0), 1000);
    expect(times(own.at(used(5e6, 0), 2000), "cpu")?.[3]).to.equal(100);
  });

  it("is as long later as before, so that it can be written over", () => {
    const own = new ProcessorTimes(2, used(0, 0), 0);
    expect(own.at(used(0, 0), 1)).to.have.length(own.at(used(2e12, 1e12), 9e9).length);
  });
});
