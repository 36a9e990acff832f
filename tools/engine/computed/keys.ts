import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Made } from "../kind";
import { type Props, text } from "../props";

const generate = promisify(generateKeyPair);

/** Names of the curves and how node, WebCrypto and SSH call them. */
const curves: Readonly<Record<string, { node: string; web: string; ssh: string }>> = {
  P256: { node: "prime256v1", web: "P-256", ssh: "nistp256" },
  P384: { node: "secp384r1", web: "P-384", ssh: "nistp384" },
  P521: { node: "secp521r1", web: "P-521", ssh: "nistp521" },
};

/** A private key, in the encodings that are wanted of it. OpenSSH's own format of private keys is left out. */
export async function privateKey(inputs: Props): Promise<Made> {
  const key = await newKey(inputs);
  const publicKey = createPublicKey(key);
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const pkcs8 = key.export({ type: "pkcs8", format: "pem" }).toString();
  const own = { rsa: "pkcs1", ec: "sec1" }[text(key.asymmetricKeyType ?? "")];
  const pem = own === "pkcs1" || own === "sec1" ? key.export({ type: own, format: "pem" }).toString() : pkcs8;
  const ssh = sshKey(publicKey);
  return {
    id: createHash("sha1").update(publicKeyPem).digest("hex"),
    outputs: {
      ...inputs,
      privateKeyPem: pem,
      privateKeyPemPkcs8: pkcs8,
      publicKeyPem,
      publicKeyOpenssh: `${ssh.type} ${ssh.blob.toString("base64")}\n`,
      publicKeyFingerprintSha256: `SHA256:${createHash("sha256").update(ssh.blob).digest("base64").replace(/=+$/, "")}`,
    },
  };
}

async function newKey({ algorithm, rsaBits, ecdsaCurve }: Props): Promise<KeyObject> {
  if (algorithm === "ED25519") return (await generate("ed25519")).privateKey;
  if (algorithm === "RSA")
    return (await generate("rsa", { modulusLength: Number(rsaBits ?? 2048) })).privateKey;
  return (await generate("ec", { namedCurve: curve(text(ecdsaCurve) || "P256").node })).privateKey;
}

function curve(name: string) {
  const found = curves[name];
  if (!found)
    throw new Error(`The embedded engine knows the curves ${Object.keys(curves).join(", ")}, not ${name}.`);
  return found;
}

/** The key that a PEM holds, and its public half. */
export function readKey(pem: string) {
  const secret = createPrivateKey(pem);
  return { secret, open: createPublicKey(secret) };
}

/** What WebCrypto calls a key's algorithm; signatures are over SHA-256. */
export function webAlgorithm(key: KeyObject): { name: string; hash: string; namedCurve?: string } {
  if (key.asymmetricKeyType === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  if (key.asymmetricKeyType === "ed25519") return { name: "Ed25519", hash: "SHA-512" };
  return { name: "ECDSA", hash: "SHA-256", namedCurve: curveOf(key).web };
}

function curveOf(key: KeyObject) {
  const used = key.asymmetricKeyDetails?.namedCurve;
  const found = Object.values(curves).find(({ node }) => node === used);
  if (!found) throw new Error(`The embedded engine does not know the curve ${used}.`);
  return found;
}

/** The key as OpenSSH has it: length-prefixed fields, first the type. */
function sshKey(key: KeyObject): { type: string; blob: Buffer } {
  const jwk = key.export({ format: "jwk" });
  const bytes = (field: string | undefined) => Buffer.from(field ?? "", "base64url");
  const [type, ...fields] =
    key.asymmetricKeyType === "rsa"
      ? (["ssh-rsa", unsigned(bytes(jwk.e)), unsigned(bytes(jwk.n))] as const)
      : key.asymmetricKeyType === "ed25519"
        ? (["ssh-ed25519", bytes(jwk.x)] as const)
        : ([
            `ecdsa-sha2-${curveOf(key).ssh}`,
            Buffer.from(curveOf(key).ssh),
            Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)]),
          ] as const);
  return { type, blob: Buffer.concat([Buffer.from(type), ...fields].map(prefixed)) };
}

/** A number whose highest bit is set gets a zero before it, so that it is not taken as negative. */
function unsigned(number: Buffer): Buffer {
  return (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.from([0]), number]);
}

function prefixed(field: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(field.length);
  return Buffer.concat([length, field]);
}
