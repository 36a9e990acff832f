import { expect } from "chai";
import { settingsSchema } from "../../../config/schema";
import { describeStack } from "../../../policy/stack";
import { now } from "./support";

const described = (values: Record<string, string>) =>
  describeStack({ project: "web-infra", stack: "dev", values }, [], now);

describe("the facts of a stack", () => {
  it("are those of its settings, defaults included", () => {
    expect(described({})).to.deep.equal({
      project: "web-infra",
      name: "dev",
      environment: settingsSchema.parse({}).environment,
      exemptions: [],
      now,
    });
    expect(
      described({ "web-infra:environment": "production", "web-infra:cost": '{"budgetUsd":350.5}' }),
    ).to.include({ environment: "production", budgetUsd: 350.5 });
  });

  it("have the exemptions of this stack only", () => {
    const exemptions = ["dev", "prod"].map((stack) => ({
      rule: "tagged",
      stack,
      reason: "Until the move is over.",
      expires: "2027-01-31",
    }));
    const source = { project: "web-infra", stack: "dev", values: {} };
    expect(describeStack(source, exemptions, now).exemptions.map(({ stack }) => stack)).to.deep.equal([
      "dev",
    ]);
  });
});
