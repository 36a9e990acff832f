import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { siteName } from "../derived";
import { type Fault, shown } from "../faults";
import type { Rule } from "../rule";
import { isUnknownSecret, UNKNOWN_SECRET } from "../secret";

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function certificatesOf(pem: string): X509Certificate[] | undefined {
  try {
    const found = [...pem.matchAll(block)].map(([text]) => new X509Certificate(text));
    return found.length > 0 && pem.replace(block, "").trim() === "" ? found : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, what: string): Fault {
  return {
    path,
    value: "(unreadable)",
    limit: what,
    mend: `Set it from the file: pulumi config set --path '${path}' < file.pem, with --secret for the key.`,
  };
}

function leafFaults(leaf: X509Certificate, site: string, now: Date): Fault[] {
  const path = "tls.custom.certificate";
  const faults: Fault[] = [];
  if (new Date(leaf.validTo) <= now || new Date(leaf.validFrom) > now)
    faults.push({
      path,
      value: `valid from ${leaf.validFrom} to ${leaf.validTo}`,
      limit: `valid now, ${now.toISOString()}`,
      mend: "Set a renewed certificate with its key.",
    });
  if (!leaf.checkHost(site))
    faults.push({
      path,
      value: shown(leaf.subjectAltName ?? leaf.subject),
      limit: `covers the site, ${site}`,
      mend: `Get a certificate with the name ${site}, or change host and domain.`,
    });
  return faults;
}

function keyFaults(leaf: X509Certificate | undefined, pem: string): Fault[] {
  const path = "tls.custom.privateKey";
  if (isUnknownSecret(pem)) return [];
  const key = keyOf(pem);
  if (!key) return [unreadable(path, "a private key: PEM, without a passphrase")];
  if (!leaf || leaf.checkPrivateKey(key)) return [];
  return [
    {
      path,
      value: UNKNOWN_SECRET,
      limit: "the key of tls.custom.certificate",
      mend: "Set the key and the certificate that were made together.",
    },
  ];
}

function chainFaults(leaf: X509Certificate | undefined, pem: string | undefined): Fault[] {
  const path = "tls.custom.chain";
  if (pem === undefined || isUnknownSecret(pem)) return [];
  const [issuer] = certificatesOf(pem) ?? [];
  if (!issuer) return [unreadable(path, "one or more certificates, PEM")];
  if (!leaf || (leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey))) return [];
  return [
    {
      path,
      value: shown(issuer.subject),
      limit: "the certificate that signed tls.custom.certificate comes first",
      mend: "Set the intermediates that came with the certificate, in their order, without the leaf.",
    },
  ];
}

const soundCertificate: Rule = {
  compares: ["tls.certificate", "tls.custom", "domain", "host"],
  check: (settings, { now }) => {
    const { certificate: source, custom } = settings.tls;
    if (source !== "custom" || !custom) return [];
    const known = !isUnknownSecret(custom.certificate);
    const found = known ? certificatesOf(custom.certificate) : undefined;
    const leaf = found?.length === 1 ? found[0] : undefined;
    const own = leaf ? leafFaults(leaf, siteName(settings), now) : [];
    if (known && !leaf)
      own.push(
        unreadable(
          "tls.custom.certificate",
          "exactly one certificate, PEM; the others go to tls.custom.chain",
        ),
      );
    return [...own, ...keyFaults(leaf, custom.privateKey), ...chainFaults(leaf, custom.chain)];
  },
};

export const certificateRules = [soundCertificate];
