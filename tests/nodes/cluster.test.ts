import { expect } from "chai";
import { databases } from "../../tools/drills/databases";
import { accounts } from "./parts/accounts";
import { boot } from "./parts/boot";
import { wire } from "./parts/wire";
import { rehearsed } from "./rehearsed";

const ipRange = "10.30.64.0/20";

describe("three servers with a database cluster", function () {
  this.timeout(60_000);
  const stack = rehearsed({ database: { mode: "cluster" }, network: { ipRange } });

  boot(stack);
  accounts(stack);

  it("every node takes writes, and every other one reads them at once", async () => {
    const live = stack();
    const ask = (name: string, query: string) => live.nodes.run(name, ["mariadb", "-BNe", query, "app"]);
    const names = databases(live).map(({ name }) => name);
    for (const writer of names) {
      const table = `of_${writer.replaceAll("-", "_")}`;
      await ask(writer, `CREATE TABLE ${table} (id INT PRIMARY KEY); INSERT INTO ${table} VALUES (1)`);
      for (const reader of names) expect(await ask(reader, `SELECT id FROM ${table}`)).to.equal("1\n");
      await ask(writer, `DROP TABLE ${table}`);
    }
  });

  wire(stack, ipRange, { web: 443, app: 8443, database: 3306 });
});
