import Ajv from "ajv";
import { expect } from "chai";
import { asJson } from "../../../tools/plan/json";
import { reviewOf } from "../../../tools/plan/review";
import schema from "../../../tools/plan/schema.json";
import { foreseen, type Program, resource, types } from "./support";

const { droplet, volume, vpc } = types;

describe("a plan for programs", () => {
  it("is as its schema says, which knows all of it", async () => {
    const program =
      (region: string, size: string): Program =>
      async (make) => {
        await make(resource(vpc, `vpc-${region}`, { region }));
        await make(resource(volume, "data", { region, size: 10 }, { protect: true }));
        await make(
          resource(droplet, "server", { region: "nyc3", size, userData: `#cloud-config\nx: ${size}` }),
        );
      };
    const config = { project: "web", stack: "dev", values: {}, secrets: [] };
    const found = await foreseen(program("nyc3", "s-1vcpu-1gb"), program("fra1", "s-2vcpu-2gb"));
    const review = await reviewOf("dev", found, { before: config, after: config }, ["A note."]);
    const printed = JSON.parse(JSON.stringify(asJson(review)));
    const validate = new Ajv({ strict: false }).compile(schema);
    for (const output of [{ ...printed, against: "main" }, { stacks: [printed, printed] }]) {
      validate(output);
      expect(validate.errors).to.equal(null);
    }
    const operations = printed.changes.map(({ operation }: { operation: string }) => operation);
    expect(operations).to.include.members(["create", "replace", "delete"]);
    expect(printed.policies.broken).not.to.deep.equal([]);
    const { definitions } = schema;
    expect(Object.keys(printed)).to.have.members(definitions.review.required);
    expect(Object.keys(printed.changes[0])).to.have.members(definitions.change.required);
    expect(Object.keys(printed.policies.broken[0])).to.have.members(definitions.finding.required);
    expect(Object.keys(printed.cost.after.items[0])).to.have.members(definitions.item.required);
    expect(Object.keys(printed.resources[0])).to.have.members(definitions.resource.required);
  });
});
