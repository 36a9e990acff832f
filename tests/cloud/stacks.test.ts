import { expect } from "chai";
import { bringUp, inventoryOf, withCloud } from "./support";

describe("The program in a local cloud: stacks", function () {
  this.timeout(60_000);

  it("dev, staging and prod stand side by side in one account", () =>
    withCloud(async (cloud) => {
      const stacks = ["dev", "staging", "prod"];
      for (const stack of stacks) {
        const { faults } = await bringUp(cloud, {}, stack);
        expect(faults, stack).to.deep.equal([]);
      }
      const { names } = await inventoryOf(cloud);
      for (const collection of ["vpcs", "load_balancers", "projects", "folders", "monitor_folders"]) {
        expect(names[collection], collection).to.have.members(stacks.map((stack) => `web-infra-${stack}`));
      }
      for (const collection of [
        "droplets",
        "firewalls",
        "volumes",
        "tags",
        "domains",
        "collectors",
        "fields",
      ]) {
        const all = names[collection] ?? [];
        expect(all.length, collection).to.equal(new Set(all).size);
      }
    }));
});
