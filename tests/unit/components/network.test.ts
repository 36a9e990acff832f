import { expect } from "chai";
import { Network } from "../../../components";
import type { Props } from "../../../tools/engine/props";
import { modes, record } from "../../recorder";
import { stackOf } from "../../settings";

function published(settings: Props, mode: (typeof modes)[number]) {
  return record(
    () => {
      const network = new Network("network", { stack: stackOf(settings) });
      network.publish("@", "203.0.113.9");
    },
    { mode },
  );
}

for (const mode of modes) {
  describe(`the network, ${mode}`, () => {
    it("makes the domain's zone, a private one, and a tag for the stack and each role", async () => {
      const made = await published({ dns: { zone: "create", ttl: 60 } }, mode);
      expect(made.all("Domain").map(({ plain }) => plain.name)).to.have.members([
        "foobar.com",
        "test.internal.foobar.com",
      ]);
      expect(made.all("Tag").map(({ plain }) => plain.name)).to.have.members([
        "web-infra:test",
        "web-infra:test:web",
        "web-infra:test:app",
        "web-infra:test:db",
      ]);
      expect(made.one("DnsRecord").plain).to.deep.equal({
        domain: "foobar.com",
        name: "@",
        type: "A",
        value: "203.0.113.9",
        ttl: 60,
      });
    });

    it("publishes in an existing zone without making one", async () => {
      const made = await published({ dns: { zone: "existing" } }, mode);
      expect(made.names("Domain")).to.deep.equal(["network-private-zone"]);
      expect(made.names("DnsRecord")).to.deep.equal(["network-record-apex"]);
    });

    it("publishes nothing where the zone is hosted elsewhere", async () => {
      const made = await published({ dns: { zone: "none" }, tls: { certificate: "internal" } }, mode);
      expect(made.names("DnsRecord")).to.deep.equal([]);
      expect(made.names("Domain")).to.deep.equal(["network-private-zone"]);
    });
  });
}
