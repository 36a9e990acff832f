import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { checkPolicies } from "../../../policy/check";
import { modes } from "../../recorder";
import { set } from "./changes";
import { Pack } from "./pack";
import { configOf, shippedStack } from "./support";

describe("the policy pack, started as the CLI does", function () {
  // Its TypeScript is compiled first, and checked.
  this.timeout(60_000);

  let pack: Pack;
  before(async () => {
    pack = await Pack.start("prod", configOf("prod"));
  });
  after(() => pack?.stop());

  for (const mode of modes) {
    it(`finds what the rules find, ${mode}`, async () => {
      const tried = set("digitalocean:LoadBalancer", { tlsCipherPolicy: "DEFAULT", sizeUnit: 1 })(
        await shippedStack("prod", mode),
      );
      const expected = checkPolicies(tried.resources, tried.stack);
      const found = await pack.analyze(tried);
      expect(found.map((one) => `${one.getPolicyname()} ${one.getUrn()}`)).to.have.members(
        expected.map(({ rule, urn }) => `${rule} ${urn ?? ""}`),
      );
      const [ciphers, alerts] = ["strong-ciphers", "alerts-heard"].map((rule) =>
        found.find((one) => one.getPolicyname() === rule),
      );
      expect(ciphers?.getMessage()).to.match(/balancer offers weak ciphers too\. Set tlsCipherPolicy/);
      expect(ciphers?.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
      expect(alerts?.getEnforcementlevel()).to.equal(EnforcementLevel.ADVISORY);
    });
  }
});
