import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { monitorsOf } from "../../../components/monitors";
import { playbook } from "../../../components/runbooks";
import { budgetMonitor } from "../../../components/service-level";
import { stackOf } from "../../settings";
import { shapes } from "./shapes";

describe("The runbooks", () => {
  const stacks = Object.values(shapes).map((settings) => stackOf(settings, "dev"));
  const names = new Set([...stacks.flatMap(monitorsOf).map(({ name }) => name), budgetMonitor]);

  it("are there for every monitor, and for no other", () => {
    const pages = readdirSync("docs/runbooks").map((file) => file.replace(/\.md$/, ""));
    expect(pages).to.have.members([...names]);
  });

  it("say what it means, where to look and how to mend it", () => {
    for (const name of names) {
      const page = readFileSync(`docs/runbooks/${name}.md`, "utf8");
      expect(page, name).to.match(
        new RegExp(`^# ${name}\n\n[^#]{40,}\n\n## Look\n\n- [^#]+\n\n## Mend\n\n- [^#]+$`),
      );
      // What they name in another runbook is there too.
      for (const [, other = ""] of page.matchAll(/`((?:web|app|host|agent|database|site)-[a-z-]+)`/g))
        expect([...names], name).to.include(other);
    }
  });

  it("begin with a command to type", () => {
    for (const name of names) {
      const page = readFileSync(`docs/runbooks/${name}.md`, "utf8");
      const [, first = ""] = /## Look\n\n- (.+(?:\n {2}.+)*)/.exec(page) ?? [];
      expect(first, name).to.match(/^[^`]{0,30}`[a-z][^`]* [^`]+`/);
    }
  });

  it("are linked where the stack's people read them", () => {
    const [dev] = stacks;
    if (!dev) throw new Error("There is no stack.");
    expect(playbook("host-cpu", dev)).to.equal("Runbook: [host-cpu](docs/runbooks/host-cpu.md)");
    const monitoring = { ...dev.settings.monitoring, runbooks: "https://wiki.example.com/runbooks" };
    const stack = { ...dev, settings: { ...dev.settings, monitoring } };
    expect(playbook("host-cpu", stack)).to.equal(
      "Runbook: [host-cpu](https://wiki.example.com/runbooks/host-cpu.md)",
    );
  });
});
