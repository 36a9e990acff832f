import { expect } from "chai";
import { priceOf } from "../../../tools/cost/price";
import { costText } from "../../../tools/cost/text";

const costOf = (size: string) =>
  priceOf(
    [
      ["digitalocean:index/droplet:Droplet", "web-1-droplet", { size }] as const,
      ["digitalocean:index/loadBalancer:LoadBalancer", "balancer", { sizeUnit: 10 }] as const,
      ["sumologic:index/collector:Collector", "monitoring-web-1", {}] as const,
    ].map(([type, name, props]) => ({
      urn: `urn:pulumi:dev::web::${type}::${name}`,
      type,
      name,
      custom: true,
      props,
    })),
  );
const stack = costOf("s-2vcpu-4gb");

describe("the table of the costs", () => {
  it("has its amounts below each other, the dearest first, the unknown last and said to be", () => {
    expect(
      costText({ stack: "dev", budgetUsd: 200 }, stack, "prices as of 2026-08").split("\n"),
    ).to.deep.equal([
      "Stack dev, in US dollars; prices as of 2026-08.",
      "",
      "Resource          What                        Monthly   Hourly  Certainty",
      "balancer          10 units                     120.00  0.17857  medium",
      "web-1-droplet     s-2vcpu-4gb                   24.00  0.03571  high",
      "monitoring-web-1  what it sends, by contract  unknown  unknown  unknown",
      "Total                                          144.00  0.21429",
      "",
      "1 of 3 prices are unknown, in whole or in part: it costs the total or more.",
      "Within budget: 72 % of the budget of 200.00.",
    ]);
  });

  it("says when the budget is broken, and when there is none", () => {
    expect(costText({ stack: "dev", budgetUsd: 100 }, stack, "")).to.match(/\nOver budget: 144 % of/);
    expect(costText({ stack: "dev", budgetUsd: 200 }, costOf("s-9vcpu-9gb"), "")).to.match(
      /\nWithin budget, as far as the prices are known: 60 % of/,
    );
    expect(costText({ stack: "dev" }, stack, "")).to.match(/\nNo budget is set \(cost\.budgetUsd\)\.$/);
  });
});
