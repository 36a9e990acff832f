import "reflect-metadata";
import { type KeyObject, randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Made } from "../kind";
import { given, list, object, type Props, text } from "../props";
import { readKey, webAlgorithm } from "./keys";

const hour = 3_600_000;
/** Object identifier of the extension that holds the other names. */
const subjectAlternativeName = "2.5.29.17";

/** A request for a certificate, signed with its key. */
export async function certRequest(inputs: Props): Promise<Made> {
  const { secret, open } = readKey(text(inputs.privateKeyPem));
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: subject(object(inputs.subject)),
    keys: { privateKey: await webKey(secret), publicKey: await webKey(open) },
    signingAlgorithm: webAlgorithm(secret),
    extensions: alternativeNames(inputs),
  });
  const pem = `${request.toString("pem")}\n`;
  return { id: (await thumbprint(request)).slice(0, 40), outputs: given({ ...inputs, certRequestPem: pem }) };
}

/** A certificate signed with its own key. */
export async function selfSignedCert(inputs: Props): Promise<Made> {
  const { secret, open } = readKey(text(inputs.privateKeyPem));
  const name = new x509.Name(subject(object(inputs.subject)));
  const extensions = alternativeNames(inputs);
  return issue(inputs, {
    subject: name,
    issuer: name,
    publicKey: await webKey(open),
    signer: secret,
    extensions,
  });
}

/** A certificate signed by an authority for what a request asks. */
export async function locallySignedCert(inputs: Props): Promise<Made> {
  const request = new x509.Pkcs10CertificateRequest(text(inputs.certRequestPem));
  const authority = new x509.X509Certificate(text(inputs.caCertPem));
  const { secret } = readKey(text(inputs.caPrivateKeyPem));
  const names = request.getExtension(subjectAlternativeName);
  return issue(inputs, {
    subject: request.subjectName,
    issuer: authority.subjectName,
    publicKey: await request.publicKey.export(),
    signer: secret,
    extensions: [
      ...(names ? [names] : []),
      await x509.AuthorityKeyIdentifierExtension.create(await authority.publicKey.export()),
    ],
  });
}

interface Issue {
  readonly subject: x509.Name;
  readonly issuer: x509.Name;
  readonly publicKey: webcrypto.CryptoKey;
  readonly signer: KeyObject;
  readonly extensions: readonly x509.Extension[];
}

async function issue(inputs: Props, wanted: Issue): Promise<Made> {
  // Certificates count in seconds; a part of one would put the beginning into the future.
  const start = Math.floor(Date.now() / 1000) * 1000;
  const notBefore = new Date(start);
  const notAfter = new Date(start + Number(inputs.validityPeriodHours) * hour);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: wanted.subject.toString(),
    issuer: wanted.issuer.toString(),
    notBefore,
    notAfter,
    publicKey: wanted.publicKey,
    signingKey: await webKey(wanted.signer),
    signingAlgorithm: webAlgorithm(wanted.signer),
    extensions: [...(await usage(inputs, wanted.publicKey)), ...wanted.extensions],
  });
  return {
    id: BigInt(`0x${certificate.serialNumber}`).toString(),
    outputs: given({
      ...inputs,
      certPem: `${certificate.toString("pem")}\n`,
      validityStartTime: notBefore.toISOString(),
      validityEndTime: notAfter.toISOString(),
      readyForRenewal: false,
    }),
  };
}

/** Positive, and never beginning with a zero byte. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

const keyUsages: Readonly<Record<string, x509.KeyUsageFlags>> = {
  digital_signature: x509.KeyUsageFlags.digitalSignature,
  content_commitment: x509.KeyUsageFlags.nonRepudiation,
  key_encipherment: x509.KeyUsageFlags.keyEncipherment,
  data_encipherment: x509.KeyUsageFlags.dataEncipherment,
  key_agreement: x509.KeyUsageFlags.keyAgreement,
  cert_signing: x509.KeyUsageFlags.keyCertSign,
  crl_signing: x509.KeyUsageFlags.cRLSign,
};

const extendedUsages: Readonly<Record<string, string>> = {
  server_auth: x509.ExtendedKeyUsage.serverAuth,
  client_auth: x509.ExtendedKeyUsage.clientAuth,
  code_signing: x509.ExtendedKeyUsage.codeSigning,
  email_protection: x509.ExtendedKeyUsage.emailProtection,
};

async function usage(inputs: Props, publicKey: webcrypto.CryptoKey): Promise<x509.Extension[]> {
  const uses = list(inputs.allowedUses).map(text);
  const unknown = uses.filter((use) => !(use in keyUsages || use in extendedUsages));
  if (unknown.length > 0)
    throw new Error(`The embedded engine does not know the key usage ${unknown.join(", ")}.`);
  const flags = uses.reduce((sum, use) => sum | (keyUsages[use] ?? 0), 0);
  const extended = uses.flatMap((use) => extendedUsages[use] ?? []);
  const authority = inputs.isCaCertificate === true;
  const pathLength = inputs.maxPathLength === undefined ? undefined : Number(inputs.maxPathLength);
  return [
    new x509.BasicConstraintsExtension(authority, authority ? pathLength : undefined, true),
    ...(flags ? [new x509.KeyUsagesExtension(flags, true)] : []),
    ...(extended.length > 0 ? [new x509.ExtendedKeyUsageExtension(extended)] : []),
    ...(authority || inputs.setSubjectKeyId === true
      ? [await x509.SubjectKeyIdentifierExtension.create(publicKey)]
      : []),
  ];
}

function alternativeNames({ dnsNames, ipAddresses, uris }: Props): x509.Extension[] {
  const of = (type: "dns" | "ip" | "url", values: typeof dnsNames) =>
    list(values).map((value) => ({ type, value: text(value) }));
  const names = [...of("dns", dnsNames), ...of("ip", ipAddresses), ...of("url", uris)];
  return names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
}

const attributes: readonly (readonly [input: string, attribute: string])[] = [
  ["country", "C"],
  ["province", "ST"],
  ["locality", "L"],
  ["organization", "O"],
  ["organizationalUnit", "OU"],
  ["commonName", "CN"],
];

function subject(given: Props): x509.JsonName {
  return attributes
    .filter(([input]) => given[input])
    .map(([input, key]) => ({ [key]: [text(given[input])] }));
}

async function thumbprint(request: x509.Pkcs10CertificateRequest): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest("SHA-256", request.rawData)).toString("hex");
}

function webKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const { subtle } = webcrypto;
  const algorithm = webAlgorithm(key);
  return key.type === "private"
    ? subtle.importKey("pkcs8", key.export({ format: "der", type: "pkcs8" }), algorithm, true, ["sign"])
    : subtle.importKey("spki", key.export({ format: "der", type: "spki" }), algorithm, true, ["verify"]);
}
