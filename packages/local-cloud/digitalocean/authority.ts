import "reflect-metadata";
import { webcrypto, X509Certificate } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { Clock } from "../core/clock";
import type { Collection, Store } from "../core/store";

/** A certificate and its private key (PKCS 8), PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 86_400_000;

/** An authority of the local cloud's own: what Let's Encrypt is to balancers, and the one of the databases. */
export class Authority {
  private readonly roots: Collection<KeyPair>;

  /** @param name its common name; the authority of a name is kept in the store. */
  constructor(
    store: Store,
    private readonly clock: Clock,
    private readonly name: string,
  ) {
    this.roots = store.collection<KeyPair>("digitalocean/authorities");
  }

  /** Its self-signed root, made at first use. */
  async root(): Promise<KeyPair> {
    const made = this.roots.get(this.name) ?? (await this.makeRoot());
    return this.roots.get(this.name) ?? this.roots.put(this.name, made);
  }

  /** Issues a server certificate for these names, valid for 90 days. */
  async issue(dnsNames: readonly string[]): Promise<KeyPair> {
    const root = await this.root();
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const issuer = new X509Certificate(root.certificate);
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${dnsNames[0]}`,
      issuer: `CN=${this.name}`,
      notBefore: new Date(this.clock.now() - day / 24),
      notAfter: new Date(this.clock.now() + 90 * day),
      publicKey: keys.publicKey,
      signingKey: await signingKey(root.privateKey),
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(dnsNames.map((value) => ({ type: "dns", value }))),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        await AuthorityKeyIdentifierExtension.create(await publicKey(issuer)),
      ],
    });
    return { certificate: certificate.toString("pem"), privateKey: await toPem(keys.privateKey) };
  }

  private async makeRoot(): Promise<KeyPair> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${this.name}`,
      notBefore: new Date(this.clock.now() - day),
      notAfter: new Date(this.clock.now() + 3650 * day),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { certificate: certificate.toString("pem"), privateKey: await toPem(keys.privateKey) };
  }
}

async function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(pem), algorithm, false, ["sign"]);
}

async function publicKey(certificate: X509Certificate): Promise<webcrypto.CryptoKey> {
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  return webcrypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
