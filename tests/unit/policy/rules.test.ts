import { expect } from "chai";
import { rules } from "../../../policy/rules";
import { modes } from "../../recorder";
import { account } from "./cases/account";
import { availability } from "./cases/availability";
import { encryption } from "./cases/encryption";
import { network } from "./cases/network";
import { servers } from "./cases/servers";
import type { Cases } from "./changes";
import { found, shippedStack } from "./support";

const cases: Cases = { ...encryption, ...availability, ...network, ...servers, ...account };

describe("every rule", () => {
  it("is proved below", () => {
    expect(Object.keys(cases)).to.have.members(rules.map(({ name }) => name));
  });

  it("has a name of its own, and says what holds, why, and how to mend it", () => {
    expect(new Set(rules.map(({ name }) => name)).size).to.equal(rules.length);
    for (const { name, holds, reason, fix } of rules) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
      for (const sentence of [holds, reason, fix]) expect(sentence, name).to.match(/^\S.{15,}[.)]$/);
    }
  });
});

for (const [rule, { stack, given, broken, modes: seen = modes }] of Object.entries(cases)) {
  describe(`the rule ${rule}`, () => {
    for (const mode of modes) {
      const good = async () => {
        const shipped = await shippedStack(stack, mode);
        return given ? given(shipped) : shipped;
      };

      it(`holds in a good stack, ${mode}`, async () => {
        expect(found(rule, await good()).map(({ name, message }) => `${name} ${message}`)).to.deep.equal([]);
      });

      for (const [what, change] of Object.entries(broken)) {
        if (!seen.includes(mode)) continue;
        it(`finds ${what}, ${mode}`, async () => {
          const [first] = found(rule, change(await good()));
          expect(first).to.include({
            rule,
            level: rule === "alerts-heard" ? "advisory" : expectedLevel(stack),
          });
          expect(first?.message).to.match(
            /^(is|has|does|takes|speaks|offers|checks|publishes|ends|carries|holds|may|opens|lets|trusts|fetches|costs) /,
          );
        });
      }
    }
  });
}

const expectedLevel = (stack: string) => (stack === "prod" ? "mandatory" : "advisory");
