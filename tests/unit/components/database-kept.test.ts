import { expect } from "chai";
import { type DatabaseShape, losses, shapeOf } from "../../../components/database-kept";
import { stackOf } from "../../settings";

const shape = (mode: DatabaseShape["mode"], ...labels: string[]): DatabaseShape => ({
  mode,
  name: "app",
  region: "nyc3",
  passwordGeneration: 2,
  servers: labels.length,
  labels,
});
const labels = (count: number, pool = "server") =>
  Array.from({ length: count }, (_, index) => `${pool}-${index + 1}`);
const cluster = (count: number, pool?: string) => shape("cluster", ...labels(count, pool));
const replicated = (count: number, pool?: string) => shape("primary-replica", ...labels(count, pool));
const managed = { ...shape("managed"), ipRange: "10.30.0.0/20" };

describe("what a change of the database would lose", () => {
  it("is nothing where it stays or grows", () => {
    expect(losses(cluster(3), cluster(3), undefined)).to.deep.equal([]);
    expect(losses(cluster(3), cluster(7), undefined)).to.deep.equal([]);
    expect(losses(replicated(1), replicated(3), undefined)).to.deep.equal([]);
    expect(losses(managed, managed, undefined)).to.deep.equal([]);
  });

  it("is nothing where more than half of a cluster stays, or all replicas but one", () => {
    expect(losses(cluster(5), cluster(3), undefined)).to.deep.equal([]);
    expect(losses(replicated(2), replicated(1), undefined)).to.deep.equal([]);
    const moving = shape("primary-replica", ...labels(2), ...labels(3, "db"));
    expect(losses(replicated(3), moving, undefined)).to.deep.equal([]);
  });

  const tooMuch: [string, DatabaseShape, DatabaseShape, string, RegExp][] = [
    ["more of a cluster than half goes", cluster(7), cluster(3), "3 of the 7", /^4 or more: a majority/],
    ["a cluster goes to another pool", cluster(3), cluster(3, "db"), "0 of the 3", /^2 or more/],
    ["two replicas go at once", replicated(5), replicated(3), "3 of the 5", /^4 or more: .* one replica/],
    ["no majority stays", replicated(4), replicated(2), "2 of the 4", /^3 or more/],
    ["the only server gets another name", replicated(1), replicated(1, "db"), "0 of the 1", /^1 or more/],
  ];
  for (const [what, before, after, value, limit] of tooMuch) {
    it(`is what only the others hold where ${what}`, () => {
      const [fault] = losses(before, after, undefined);
      expect(fault).to.include({ path: "pools", value: `${value} servers with the role db stay` });
      expect(fault?.limit).to.match(limit);
    });
  }

  it("is judged by the number of servers where the state is a former version's", () => {
    const { mode, servers } = replicated(3);
    expect(losses({ mode, servers }, replicated(3), undefined)).to.deep.equal([]);
    expect(losses({ mode, servers }, replicated(1), undefined)).to.have.length(1);
  });

  it("is everything where the mode changes, unless its dump was taken", () => {
    const [fault] = losses(cluster(3), managed, undefined);
    expect(fault).to.include({ path: "database.mode", value: '"managed"' });
    expect(fault?.mend).to.include("set database.previousMode to cluster");
    expect(losses(cluster(3), managed, "primary-replica")).to.have.length(1);
    expect(losses(cluster(3), managed, "cluster")).to.deep.equal([]);
  });

  it("is everything in another region or a managed one's network, and under another name", () => {
    const elsewhere = { region: "fra1", ipRange: "10.40.0.0/20", name: "shop" };
    const faults = losses(managed, { ...managed, ...elsewhere }, undefined);
    expect(faults.map(({ path, value }) => [path, value])).to.deep.equal([
      ["region", '"fra1"'],
      ["network.ipRange", '"10.40.0.0/20"'],
      ["database.name", '"shop"'],
    ]);
  });

  it("is the application's account where the passwords take no turn or the next one", () => {
    const turned = (passwordGeneration: number) =>
      losses(managed, { ...managed, passwordGeneration }, undefined).map(({ path }) => path);
    expect([2, 3].map(turned)).to.deep.equal([[], []]);
    expect([1, 4].flatMap(turned)).to.deep.equal(Array(2).fill("database.passwordGeneration"));
  });

  it("is told by the settings", () => {
    const site = { name: "site", count: 1, roles: ["web", "app"] };
    const pools = [site, { name: "db", count: 2, roles: ["db"] }];
    const common = { region: "nyc3", network: { ipRange: managed.ipRange } };
    const database = { passwordGeneration: 2 };
    expect(shapeOf(stackOf({ ...common, pools, database }))).to.deep.equal(replicated(2, "db"));
    const settings = { ...common, pools: [site], database: { mode: "managed", ...database } };
    expect(shapeOf(stackOf(settings))).to.deep.equal(managed);
  });
});
