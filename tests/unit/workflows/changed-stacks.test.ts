import { expect } from "chai";
import { changedStacks } from "../../../tools/shared/changed-stacks";

describe("changed stacks", () => {
  const stacks = ["dev", "prod", "sandbox"];
  const changed = (...files: string[]) => changedStacks(files, stacks);

  it("are those whose file changed", () => {
    expect(changed("Pulumi.prod.yaml", "README.md")).to.deep.equal(["prod"]);
    expect(changed("Pulumi.sandbox.yaml")).to.deep.equal([]);
    expect(changed("Pulumi.former.yaml")).to.deep.equal([]);
  });

  for (const file of [
    "index.ts",
    "components/network.ts",
    "policy/rules/x.ts",
    "tools/cost/price-table.json",
    "tools/engine/props.ts",
    ".github/actions/engine/action.yml",
    "package-lock.json",
    "Pulumi.yaml",
  ])
    it(`are all where ${file} changed`, () => expect(changed(file)).to.deep.equal(["dev", "prod"]));

  it("are none where no stack runs what changed", () => {
    expect(
      changed("docs/costs.md", "tests/unit/x.ts", "tools/plan.ts", "packages/local-cloud/config/x.ts"),
    ).to.deep.equal([]);
  });
});
