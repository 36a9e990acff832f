import { expect } from "chai";
import type { Item } from "../../../tools/cost/price";
import { type Gate, gateOf, reached } from "../../../tools/plan/gates";
import type { Review } from "../../../tools/plan/review";
import { finding, review, types } from "./support";

const stops = (given: Partial<Review>, wanted: readonly Gate[], compared = true) =>
  reached([review(given)], wanted, compared);

const costing = (monthly: number, more: number): Review["cost"] => {
  const cost = { items: [], hourly: 0, unknown: 0 };
  return {
    changes: [],
    monthly: more,
    before: { ...cost, monthly: monthly - more },
    after: { ...cost, monthly },
  };
};

describe("what a plan may be stopped by", () => {
  it("is nothing that was not asked for", () => {
    const data = [{ name: "volume", operation: "delete" as const, protect: true }];
    const risk = { downtime: "outage" as const, reasons: [], data };
    const broken = [finding({ level: "mandatory" })];
    const bad = { risk, policies: { broken, newlyBroken: broken }, cost: costing(90, 10), budgetUsd: 80 };
    expect(stops(bad, [])).to.deep.equal([]);
    expect(stops(bad, ["replace-data"])).to.deep.equal([
      "dev: replace-data: volume holds data and is deleted.",
    ]);
    expect(stops(bad, ["policy", "cost", "cost", "replace-data"])).to.deep.equal([
      "dev: policy: no-open-ssh: firewall admits SSH from everywhere.",
      "dev: cost: 90.00 USD a month are more than the budget of 80.",
      "dev: cost: 10.00 USD a month more than before.",
      "dev: replace-data: volume holds data and is deleted.",
    ]);
    expect(stops({}, ["replace-data", "policy", "cost"])).to.deep.equal([]);
  });

  it("is a rule that is mandatory, or that the change breaks", () => {
    const [old, fresh] = [finding({ name: "old" }), finding({ name: "new" })];
    const policies = { broken: [old, fresh], newlyBroken: [fresh] };
    expect(stops({ policies }, ["policy"])).to.have.length(1);
    expect(stops({ policies }, ["policy"])[0]).to.include("new admits");
    expect(stops({ policies }, ["policy"], false)).to.deep.equal([]);
  });

  it("is more cost only where there is something to compare with", () => {
    expect(stops({ cost: costing(50, 5) }, ["cost"])).to.have.length(1);
    expect(stops({ cost: costing(50, 5) }, ["cost"], false)).to.deep.equal([]);
    expect(stops({ cost: costing(50, -5), budgetUsd: 50 }, ["cost"])).to.deep.equal([]);
  });

  it("is an unknown price, but for Sumo Logic's, where there is a budget or where it is new", () => {
    const item = (type: string): Item => ({
      urn: `urn:pulumi:dev::web::${type}::new`,
      name: "new",
      what: "s-9",
      monthly: null,
      hourly: null,
      unknown: ["s-9"],
      certainty: "unknown",
    });
    const having = (after: Item, changes: Review["cost"]["changes"]): Review["cost"] => {
      const cost = costing(50, 0);
      return { ...cost, changes, after: { ...cost.after, items: [after] } };
    };
    const [server, collector] = [types.droplet, "sumologic:index/collector:Collector"].map(item) as [
      Item,
      Item,
    ];
    const told = ["dev: cost: The price of new is unknown (s-9), and in no sum."];
    const made = { urn: server.urn, name: "new", before: null, after: server };
    expect(stops({ cost: having(server, []), budgetUsd: 80 }, ["cost"])).to.deep.equal(told);
    expect(stops({ cost: having(server, [made]) }, ["cost"])).to.deep.equal(told);
    expect(stops({ cost: having(server, []) }, ["cost"])).to.deep.equal([]);
    expect(stops({ cost: having(collector, []), budgetUsd: 80 }, ["cost"])).to.deep.equal([]);
  });

  it("has a name", () => {
    expect(gateOf("policy")).to.equal("policy");
    expect(() => gateOf("price")).to.throw("Choose from replace-data, policy, cost.");
  });
});
