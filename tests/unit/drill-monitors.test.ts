import { expect } from "chai";
import { describeStack } from "../../components";
import { monitorsOf } from "../../components/monitors";
import { faults } from "../../tools/drills/monitoring/faults";
import { settingsOf } from "./config-support";

describe("the faults of the monitors' drill", () => {
  it("are ten, each told by monitors that the stack has", () => {
    const stack = describeStack(
      settingsOf({ database: { mode: "primary-replica" } }),
      "web-infra",
      "sandbox",
    );
    const names = monitorsOf(stack).map(({ name }) => name);
    expect(faults).to.have.length(10);
    for (const { name, fires } of faults) {
      expect(names, name).to.include.members([...fires]);
      expect(fires, name).not.to.have.length(0);
    }
  });
});
