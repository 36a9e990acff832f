import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { expect } from "chai";
import { set } from "./changes";
import { found, now, shippedStack } from "./support";

const day = 86_400_000;

/** A certificate that ends so many days from now, PEM. */
async function ending(days: number): Promise<string> {
  x509.cryptoProvider.set(webcrypto);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=www.foobar.com",
    notBefore: new Date(+now - 30 * day),
    notAfter: new Date(+now + days * day),
    keys: await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]),
    signingAlgorithm: algorithm,
  });
  return certificate.toString("pem");
}

describe("a certificate of the user's own, in the policies", () => {
  const messages = async (days: number) => {
    const change = set("digitalocean:Certificate", { type: "custom", leafCertificate: await ending(days) });
    return found("certificates-current", change(await shippedStack("prod", "preview"))).map(
      ({ message }) => message,
    );
  };

  it("is due 14 days before its end", async () => {
    expect(await messages(13)).to.deep.equal(["ends on 2026-06-14"]);
  });

  it("is left alone before", async () => {
    expect(await messages(15)).to.deep.equal([]);
  });
});
