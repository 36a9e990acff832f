import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { expect } from "chai";
import { UNKNOWN_SECRET } from "../../config/secret";
import { context, faultsOf, settingsOf } from "./config-support";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
const pemOf = async (keys: { privateKey: webcrypto.CryptoKey }) =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");

interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
}

describe("a certificate of the user's own", () => {
  const site = "www.foobar.com";
  let authority: string;
  let issue: (names: string[], days?: number) => Promise<Issued>;
  let good: Issued;

  before(async () => {
    x509.cryptoProvider.set(webcrypto);
    const keys = await newKeys();
    const month = 30 * 86_400_000;
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      name: "CN=Test authority",
      notBefore: new Date(+context.now - month),
      notAfter: new Date(+context.now + 12 * month),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new x509.BasicConstraintsExtension(true)],
    });
    authority = root.toString("pem");
    issue = async (names, days = 30) => {
      const own = await newKeys();
      const leaf = await x509.X509CertificateGenerator.create({
        subject: "CN=site",
        issuer: root.subject,
        notBefore: new Date(+context.now - month),
        notAfter: new Date(+context.now + days * 86_400_000),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
        ],
      });
      return { certificate: leaf.toString("pem"), privateKey: await pemOf(own) };
    };
    good = await issue([site]);
  });

  const tls = (custom: Record<string, string>, backend = "reencrypt") => ({
    tls: { certificate: "custom", custom, backend },
  });
  const paths = (custom: Record<string, string>) => faultsOf(tls(custom)).map(({ path }) => path);

  it("is taken, with or without its chain, also with passthrough", () => {
    expect(paths({ ...good })).to.deep.equal([]);
    expect(settingsOf(tls({ ...good, chain: authority }, "passthrough")).tls.backend).to.equal("passthrough");
  });

  it("may cover the site by a wildcard", async () => {
    expect(paths({ ...(await issue(["*.foobar.com"])) })).to.deep.equal([]);
  });

  it("has to cover the site, and the message tells which names it has", async () => {
    const [fault, ...more] = faultsOf(tls({ ...(await issue(["www.example.com"])) }));
    expect(more).to.deep.equal([]);
    expect(fault).to.include({ path: "tls.custom.certificate" });
    expect(fault?.value).to.include("www.example.com");
    expect(fault?.limit).to.include(site);
  });

  it("has to be valid now", async () => {
    const [fault] = faultsOf(tls({ ...(await issue([site], -1)) }));
    expect(fault?.path).to.equal("tls.custom.certificate");
    expect(fault?.limit).to.match(/valid now/);
  });

  it("has to come with its own key, which is never shown", async () => {
    const { privateKey } = await issue([site]);
    const faults = faultsOf(tls({ ...good, privateKey }));
    expect(faults.map(({ path }) => path)).to.deep.equal(["tls.custom.privateKey"]);
    expect(JSON.stringify(faults)).not.to.include(privateKey.split("\n")[1]);
  });

  it("has to be readable, each part of it, and all is told at once", () => {
    expect(paths({ certificate: "hello", privateKey: "hello", chain: "hello" })).to.deep.equal([
      "tls.custom.certificate",
      "tls.custom.privateKey",
      "tls.custom.chain",
    ]);
    expect(paths({ ...good, certificate: `${good.certificate}\n${authority}` })).to.deep.equal([
      "tls.custom.certificate",
    ]);
  });

  it("has its issuer first in the chain", async () => {
    const stranger = await issue([site]);
    expect(paths({ ...good, chain: stranger.certificate })).to.deep.equal(["tls.custom.chain"]);
  });

  it("is accepted unseen where it can't be decrypted", () => {
    expect(paths({ certificate: good.certificate, privateKey: UNKNOWN_SECRET })).to.deep.equal([]);
    expect(
      paths({ certificate: UNKNOWN_SECRET, privateKey: UNKNOWN_SECRET, chain: UNKNOWN_SECRET }),
    ).to.deep.equal([]);
  });
});

describe("a secret that can't be decrypted", () => {
  it("is accepted wherever a secret is", () => {
    const notifications = {
      slack: { url: UNKNOWN_SECRET },
      pagerduty: { integrationKey: UNKNOWN_SECRET },
      webhook: { url: UNKNOWN_SECRET },
    };
    expect(
      faultsOf({ monitoring: { notifications }, app: { environment: { TOKEN: UNKNOWN_SECRET } } }),
    ).to.deep.equal([]);
  });

  it("is a fault anywhere else, with the reason", () => {
    const [fault] = faultsOf({ access: { adminCidrs: [UNKNOWN_SECRET] } });
    expect(fault?.path).to.equal("access.adminCidrs[0]");
    expect(fault?.mend).to.match(/Encrypt secrets only/);
  });
});
