import { expect } from "chai";
import { verb } from "../../cloud/support";

describe("npm run cost", function () {
  this.timeout(60_000);

  it("is a table for people", async () => {
    const { code, stdout, stderr } = await verb("cost", "--stack", "prod").ended;
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^Stack prod, in US dollars; prices as of \d{4}-\d{2}\.$/m);
    expect(stdout).to.match(/^web-1-droplet +s-2vcpu-4gb, daily backups +31\.20 +0\.04643 {2}high$/m);
    expect(stdout).to.match(/^Within budget: \d+ % of the budget of 350\.00\.$/m);
  });

  it("is one JSON object for programs", async () => {
    const { stdout } = await verb("cost", "--stack", "dev", "--json").ended;
    const { items, ...sums } = JSON.parse(stdout);
    expect(sums).to.deep.include({ stack: "dev", budgetUsd: 80, monthly: 69, unknown: 3 });
    expect(items[0]).to.include({ name: "server-1-droplet", monthly: 18, certainty: "high" });
  });

  it("ends with a message for a stack that there is not", async () => {
    const { code, stderr } = await verb("cost", "--stack", "nowhere").ended;
    expect(code).to.equal(1);
    expect(stderr)
      .to.match(/There is no stack nowhere/)
      .and.not.to.match(/\n {4}at /);
  });
});
