import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { computed } from "../../tools/engine/computed";
import type { Props } from "../../tools/engine/props";

async function make(family: string, kind: string, inputs: Props): Promise<Props> {
  const compute = computed[family]?.[kind];
  if (!compute) throw new Error(`${family} ${kind} is unknown`);
  return (await compute(inputs)).outputs;
}

async function leafUnder(algorithm: Props) {
  const key = await make("tls", "PrivateKey", algorithm);
  const root = await make("tls", "SelfSignedCert", {
    privateKeyPem: String(key.privateKeyPem),
    subject: { commonName: "root", organization: "example" },
    isCaCertificate: true,
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: 48,
  });
  const own = await make("tls", "PrivateKey", algorithm);
  const request = await make("tls", "CertRequest", {
    privateKeyPem: String(own.privateKeyPem),
    subject: { commonName: "web-1" },
    dnsNames: ["web-1.example.org", "localhost"],
    ipAddresses: ["127.0.0.1"],
  });
  const leaf = await make("tls", "LocallySignedCert", {
    certRequestPem: String(request.certRequestPem),
    caPrivateKeyPem: String(key.privateKeyPem),
    caCertPem: String(root.certPem),
    allowedUses: ["digital_signature", "server_auth", "client_auth"],
    validityPeriodHours: 24,
  });
  return {
    root: new X509Certificate(String(root.certPem)),
    leaf: new X509Certificate(String(leaf.certPem)),
    own,
    outputs: leaf,
  };
}

describe("Engine: keys and certificates", () => {
  const algorithms: readonly Props[] = [
    { algorithm: "ECDSA", ecdsaCurve: "P256" },
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
    { algorithm: "RSA", rsaBits: 2048 },
    { algorithm: "ED25519" },
  ];
  for (const algorithm of algorithms) {
    it(`signs a leaf with ${Object.values(algorithm).join(" ")}`, async () => {
      const { root, leaf, own } = await leafUnder(algorithm);
      expect(root.ca && root.checkIssued(root) && root.verify(root.publicKey)).to.equal(true);
      expect(leaf.ca).to.equal(false);
      expect(leaf.checkIssued(root) && leaf.verify(root.publicKey)).to.equal(true);
      expect(leaf.checkPrivateKey(createPrivateKey(String(own.privateKeyPem)))).to.equal(true);
      expect(leaf.subjectAltName).to.equal("DNS:web-1.example.org, DNS:localhost, IP Address:127.0.0.1");
    });
  }

  it("is valid for as long as it says", async () => {
    const { leaf, outputs } = await leafUnder({ algorithm: "ECDSA" });
    expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).to.equal(24 * 3_600_000);
    expect(Date.parse(leaf.validFrom)).to.equal(Date.parse(String(outputs.validityStartTime)));
    expect(Date.parse(leaf.validFrom)).to.be.at.most(Date.now());
  });

  it("gives the public half that belongs to the key", async () => {
    const key = await make("tls", "PrivateKey", { algorithm: "ED25519" });
    const publicKey = createPublicKey(String(key.privateKeyPem)).export({ type: "spki", format: "pem" });
    expect(key.publicKeyPem).to.equal(publicKey);
    expect(key.publicKeyOpenssh).to.match(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\S+\n$/);
  });

  it("refuses a usage that it does not know", async () => {
    const { own } = await leafUnder({ algorithm: "ECDSA" });
    const wrong = {
      privateKeyPem: String(own.privateKeyPem),
      validityPeriodHours: 1,
      allowedUses: ["magic"],
    };
    const error = await make("tls", "SelfSignedCert", wrong).catch((fault: Error) => fault);
    expect(error).to.be.instanceOf(Error).with.property("message").that.contains("magic");
  });
});

describe("Engine: random values", () => {
  it("makes passwords of the classes and the least numbers asked for", async () => {
    const wanted = fc.record({
      length: fc.integer({ min: 12, max: 64 }),
      special: fc.boolean(),
      upper: fc.boolean(),
      minNumeric: fc.integer({ min: 0, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(wanted, async (inputs) => {
        const { result } = await make("random", "RandomPassword", inputs);
        expect(result).to.have.length(inputs.length);
        if (!inputs.special) expect(result).to.match(/^[A-Za-z0-9]*$/);
        if (!inputs.upper) expect(result).not.to.match(/[A-Z]/);
        expect(String(result).replace(/\D/g, "").length).to.be.at.least(inputs.minNumeric);
      }),
    );
  });

  it("makes ids in every encoding of the same bytes", async () => {
    const { hex, dec, b64Url } = await make("random", "RandomId", { byteLength: 8, prefix: "a-" });
    expect(hex).to.match(/^a-[0-9a-f]{16}$/);
    const bytes = Buffer.from(String(hex).slice(2), "hex");
    expect(dec).to.equal(`a-${bytes.readBigUInt64BE()}`);
    expect(b64Url).to.equal(`a-${bytes.toString("base64url")}`);
  });
});
