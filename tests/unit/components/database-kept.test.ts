import { expect } from "chai";
import { losses } from "../../../components/database-kept";

const cluster = (servers: number) => ({ mode: "cluster" as const, servers });
const managed = { mode: "managed" as const, servers: 0 };

describe("what a change of the database would lose", () => {
  it("is nothing where it stays or grows", () => {
    expect(losses(cluster(3), cluster(3), undefined)).to.deep.equal([]);
    expect(losses(cluster(3), cluster(7), undefined)).to.deep.equal([]);
    expect(losses(managed, managed, undefined)).to.deep.equal([]);
  });

  it("is nothing where half of it stays", () => {
    expect(losses(cluster(5), cluster(3), undefined)).to.deep.equal([]);
  });

  it("is what only the others hold where less than half stays", () => {
    const [fault] = losses(cluster(7), cluster(3), undefined);
    expect(fault).to.include({ path: "pools[].count", value: "3 with the role db in all" });
    expect(fault?.limit).to.match(/^4 or more, half of the 7/);
  });

  it("is everything where the mode changes, unless its dump was taken", () => {
    const [fault] = losses(cluster(3), managed, undefined);
    expect(fault).to.include({ path: "database.mode", value: '"managed"' });
    expect(fault?.mend).to.include("set database.previousMode to cluster");
    expect(losses(cluster(3), managed, "primary-replica")).to.have.length(1);
    expect(losses(cluster(3), managed, "cluster")).to.deep.equal([]);
  });
});
