import { expect } from "chai";
import { describeStack } from "../../components";
import { monitorsOf } from "../../components/monitors";
import { budgetMonitor } from "../../components/service-level";
import { faults } from "../../tools/drills/monitoring/faults";
import { monitors } from "../../tools/drills/monitoring/monitors";
import { settingsOf } from "./config-support";

describe("the faults of the monitors' drill", () => {
  it("are ten, each told by monitors that the stack has", () => {
    const stack = describeStack(
      settingsOf({ database: { mode: "primary-replica" }, ...monitors.settings?.(1) }),
      "web-infra",
      "sandbox",
    );
    const names = monitorsOf(stack).map(({ name }) => name);
    expect(faults).to.have.length(10);
    for (const { name, fires, mayFire = [] } of faults) {
      expect(names, name).to.include.members([...fires]);
      expect([...names, budgetMonitor], name).to.include.members([...mayFire]);
      expect(fires, name).not.to.have.length(0);
    }
  });
});
