import { expect } from "chai";
import { longestChain, type Waiting } from "../../bench/chain";

const wait = (name: string, ms: number, after: string[] = [], calls = 0): Waiting => ({
  name,
  ms,
  after,
  calls,
});
const chain = (...resources: Waiting[]) =>
  longestChain(resources, 250).map(({ name, at }) => `${name} ${at}`);

describe("the longest chain of waits", () => {
  it("is that of dependencies, not the sum of all", () => {
    const firewall = wait("firewall", 500, ["network"]);
    const record = wait("record", 100, ["balancer", "network"]);
    expect(chain(wait("network", 1000), wait("balancer", 9000, ["network"]), firewall, record)).to.deep.equal(
      ["network 1000", "balancer 10000", "record 10100"],
    );
  });

  it("has calls wait for those of others, in the order in which they come", () => {
    const sources = [1, 2, 3].map((n) => wait(`source-${n}`, 0, ["collector"], 2));
    expect(chain(wait("collector", 0, [], 1), ...sources)).to.deep.equal(["collector 250", "source-3 1750"]);
  });

  it("goes on after the last call of something", () => {
    expect(chain(wait("source", 0, [], 4), wait("droplet", 30_000, ["source"]))).to.deep.equal([
      "source 1000",
      "droplet 31000",
    ]);
  });
});
