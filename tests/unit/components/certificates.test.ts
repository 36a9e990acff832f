import { expect } from "chai";
import * as fc from "fast-check";
import { Certificates, LoadBalancer, Network } from "../../../components";
import { leafHours, renewalHours } from "../../../components/validity";
import type { Props } from "../../../tools/engine/props";
import { isSecret } from "../../../tools/engine/registration";
import { modes, record } from "../../recorder";
import { stackOf } from "../../settings";

function edge(tls: Props, mode: (typeof modes)[number]) {
  return record(
    () => {
      const stack = stackOf({ tls });
      const network = new Network("network", { stack });
      const certificates = new Certificates("certificates", { stack, domain: network.domain });
      new LoadBalancer("balancer", { stack, network, certificateName: certificates.balancerCertificate });
    },
    { mode },
  );
}

for (const mode of modes) {
  describe(`the site's certificate and the balancer, ${mode}`, () => {
    it("Let's Encrypt: DigitalOcean gets it for the site's name, and leaves the records to us", async () => {
      const made = await edge({ certificate: "lets-encrypt" }, mode);
      const { name, ...rest } = made.one("Certificate").plain;
      expect(name).to.match(/^web-infra-test-[0-9a-f]{8}$/);
      expect(rest).to.deep.equal({
        type: "lets_encrypt",
        domains: ["www.foobar.com"],
      });
      expect(made.one("LoadBalancer").plain).to.include({
        disableLetsEncryptDnsRecords: true,
        redirectHttpToHttps: true,
        enableProxyProtocol: false,
        tlsCipherPolicy: "STRONG",
      });
      expect(made.all("LocallySignedCert")).to.deep.equal([]);
    });

    it("the former goes last, since the balancer uses it until it has the new one", async () => {
      const { deleteBeforeReplace } = (await edge({ certificate: "internal" }, mode)).one("Certificate");
      expect(deleteBeforeReplace).to.equal(false);
    });

    it("internal: the stack's authority signs it, and its key is a secret", async () => {
      const made = await edge({ certificate: "internal" }, mode);
      const { inputs, plain } = made.one("Certificate");
      expect(plain.type).to.equal("custom");
      expect(plain).not.to.have.any.keys("domains");
      if (mode === "known") expect(isSecret(inputs.privateKey)).to.equal(true);
      expect(made.one("CertRequest").plain.dnsNames).to.deep.equal(["www.foobar.com"]);
    });

    it("passthrough: no certificate at DigitalOcean, and the PROXY protocol to the servers", async () => {
      const made = await edge({ certificate: "internal", backend: "passthrough" }, mode);
      expect(made.all("Certificate")).to.deep.equal([]);
      const { forwardingRules, enableProxyProtocol } = made.one("LoadBalancer").plain;
      expect(enableProxyProtocol).to.equal(true);
      expect(forwardingRules).to.deep.equal([
        {
          entryProtocol: "https",
          entryPort: 443,
          targetProtocol: "https",
          targetPort: 443,
          tlsPassthrough: true,
        },
      ]);
    });
  });
}

describe("the life of a leaf", () => {
  it("is more than a year, the same for the same server, and spread by name", () => {
    fc.assert(
      fc.property(fc.string(), (label) => {
        expect(leafHours(label) / 24).to.be.within(365, 424);
        expect(leafHours(label)).to.equal(leafHours(label));
      }),
    );
    const lives = Array.from({ length: 30 }, (_, index) => leafHours(`server-${index + 1}`));
    expect(new Set(lives).size).to.be.greaterThan(15);
    expect(Math.min(...lives)).to.be.greaterThan(renewalHours);
  });
});
