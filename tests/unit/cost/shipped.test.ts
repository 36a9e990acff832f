import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { priceOf } from "../../../tools/cost/price";
import { modes } from "../../recorder";
import { shippedStack } from "../policy/support";

const page = readFileSync(join(__dirname, "../../../docs/costs.md"), "utf8");

describe("the cost of the shipped stacks", () => {
  for (const name of ["dev", "staging", "prod"] as const) {
    for (const mode of modes) {
      it(`is what docs/costs.md says of ${name}, and within its budget, ${mode}`, async () => {
        const { resources, stack } = await shippedStack(name, mode);
        const { monthly, items } = priceOf(resources);
        expect(page).to.match(new RegExp(`^\\| \`${name}\` +\\| ${monthly.toFixed(2)} +\\|`, "m"));
        expect(monthly).to.be.lessThan(stack.budgetUsd ?? 0);
        const unknown = items.filter((item) => item.unknown.length > 0);
        expect(unknown.every(({ urn }) => urn.includes("sumologic:index/collector"))).to.equal(true);
      });
    }
  }
});
