import { expect } from "chai";
import { costDifference } from "../../../tools/cost/difference";
import { priceOf } from "../../../tools/cost/price";

const droplets = (...sizes: string[]) =>
  priceOf(
    sizes.map((size, index) => ({
      urn: `urn:droplet-${index}`,
      type: "digitalocean:index/droplet:Droplet",
      name: `droplet-${index}`,
      custom: true,
      props: { size },
    })),
  );

describe("the difference in cost", () => {
  it("is nothing between equals", () => {
    const cost = droplets("s-1vcpu-1gb", "s-64vcpu-1tb");
    expect(costDifference(cost, droplets("s-1vcpu-1gb", "s-64vcpu-1tb"))).to.include({ monthly: 0 });
    expect(costDifference(cost, cost).changes).to.deep.equal([]);
  });

  it("has what comes, what goes and what changes, and their sum", () => {
    const { changes, monthly } = costDifference(
      droplets("s-1vcpu-1gb", "s-1vcpu-2gb"),
      droplets("s-2vcpu-4gb", "s-1vcpu-2gb", "s-1vcpu-1gb"),
    );
    expect(monthly).to.equal(24);
    const told = changes.map(({ name, before, after }) => [name, before?.monthly, after?.monthly]);
    expect(told).to.have.deep.members([
      ["droplet-0", 6, 24],
      ["droplet-2", undefined, 6],
    ]);
    expect(costDifference(droplets("s-1vcpu-1gb"), droplets()).monthly).to.equal(-6);
  });

  it("tells a change between prices that are not known", () => {
    const { changes, monthly } = costDifference(droplets("s-64vcpu-1tb"), droplets("s-64vcpu-2tb"));
    expect(changes).to.have.length(1);
    expect(monthly).to.equal(0);
  });
});
