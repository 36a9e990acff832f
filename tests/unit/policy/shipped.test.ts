import { expect } from "chai";
import { checkPolicies, type Finding } from "../../../policy/check";
import { readExemptions } from "../../../policy/exemptions";
import { rules } from "../../../policy/rules";
import { modes } from "../../recorder";
import { set } from "./changes";
import { type Shipped, shipped, shippedStack } from "./support";

const exemptions = readExemptions(rules.map(({ name }) => name));

const exempt = (findings: readonly Finding[], stack: string) =>
  findings.filter((finding) =>
    exemptions.some(({ rule, stack: of }) => rule === finding.rule && of === stack),
  );

for (const mode of modes) {
  describe(`the shipped stacks, ${mode}`, () => {
    const findings = async (name: Shipped, withExemptions = true) => {
      const { resources, stack } = await shippedStack(name, mode);
      const own = withExemptions ? exemptions.filter((exemption) => exemption.stack === name) : [];
      return checkPolicies(resources, { ...stack, exemptions: own });
    };

    it("prod keeps to every rule, but names nobody to wake", async () => {
      expect((await findings("prod")).map(({ rule }) => rule)).to.deep.equal(["alerts-heard"]);
    });

    it("are told the rules that their shape breaks, each with when a stack may do without", async () => {
      const told = async (name: Shipped) => [...new Set((await findings(name)).map(({ rule }) => rule))];
      expect(await told("staging")).to.deep.equal([
        "server-backups",
        "data-backups",
        "data-protected",
        "alerts-heard",
      ]);
      expect(await told("dev")).to.deep.equal([
        "balancer-units",
        "roles-apart",
        "database-writers",
        "server-backups",
        "data-backups",
        "data-protected",
        "alerts-heard",
      ]);
      for (const name of shipped)
        for (const rule of await told(name))
          expect(rules.find((one) => one.name === rule)?.unless, rule).to.be.a("string");
    });

    it("have no exemption that nothing needs", async () => {
      for (const { rule, stack } of exemptions) {
        const needed = exempt(await findings(stack as Shipped, false), stack).map((finding) => finding.rule);
        expect(needed).to.include(rule);
      }
    });

    it("are advised outside production, and bound in it", async () => {
      const levels = async (name: Shipped) => {
        const weaker = set("digitalocean:LoadBalancer", { tlsCipherPolicy: "DEFAULT" });
        const { resources, stack } = weaker(await shippedStack(name, mode));
        return checkPolicies(resources, stack).map(({ level }) => level);
      };
      expect(await levels("dev"))
        .to.include("advisory")
        .and.not.to.include("mandatory");
      expect(await levels("prod")).to.include("mandatory");
    });
  });
}
