import { expect } from "chai";
import { Database, Network } from "../../../components";
import { record } from "../../recorder";
import { stackOf } from "../../settings";

describe("the managed database", () => {
  it("keeps the former account until the new one is there: servers that use it would go before it does", async () => {
    const made = await record(() => {
      const pools = [{ name: "server", count: 2, roles: ["web", "app"] }];
      const stack = stackOf({ database: { mode: "managed" }, pools });
      new Database("database", { stack, network: new Network("network", { stack }) });
    });
    const used = [...made.all("DatabaseUser"), ...made.all("DatabaseDb")];
    expect(used.map(({ deleteBeforeReplace }) => deleteBeforeReplace)).to.deep.equal([false, false, false]);
  });
});
