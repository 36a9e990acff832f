import { createHash } from "node:crypto";
import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { type Stack, typeToken } from "./stack";
import { leafHours, renewalHours, rootHours } from "./validity";

export interface CertificatesArgs {
  /** A change of the site's name or of its certificate's source replaces the certificate. */
  readonly stack: Stack;
  /** The site's domain, known once its zone is there: Let's Encrypt needs it. */
  readonly domain: pulumi.Output<string>;
}

/** A certificate with its key, PEM. */
export interface KeyPair {
  readonly certificate: pulumi.Output<string>;
  readonly privateKey: pulumi.Output<string>;
}

/** The internal authority, the leaves that it signs for the servers, and the site's certificate. */
export class Certificates extends pulumi.ComponentResource {
  /** The internal authority's certificate, PEM. */
  readonly authority: pulumi.Output<string>;
  /** The balancer's certificate; undefined when the servers end the TLS. */
  readonly balancerCertificate: pulumi.Output<string> | undefined;
  /** The site's certificate for the servers; undefined when the balancer ends the TLS. */
  readonly siteKeyPair: KeyPair | undefined;

  private readonly authorityKey: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    args: CertificatesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("certificates", "Certificates"), name, {}, opts);
    const child = { parent: this };

    const key = new tls.PrivateKey(
      `${name}-authority-key`,
      { algorithm: "ECDSA", ecdsaCurve: "P256" },
      child,
    );
    const root = new tls.SelfSignedCert(
      `${name}-authority`,
      {
        privateKeyPem: key.privateKeyPem,
        isCaCertificate: true,
        validityPeriodHours: rootHours,
        allowedUses: ["cert_signing", "crl_signing"],
        subject: { commonName: `${args.stack.title} internal authority` },
        setSubjectKeyId: true,
      },
      child,
    );
    this.authorityKey = key.privateKeyPem;
    this.authority = root.certPem;

    const passthrough = args.stack.settings.tls.backend === "passthrough";
    const pair = this.siteCertificate(args.stack);
    this.siteKeyPair = passthrough ? pair : undefined;
    this.balancerCertificate = passthrough ? undefined : this.upload(args, pair);
    this.registerOutputs({ authority: this.authority });
  }

  /**
   * Signs a leaf for a server.
   * @param label name of the server; with it the expiry is staggered, so that leaves do not expire on one day
   * @param dnsNames names that the server answers to
   */
  issue(label: string, dnsNames: pulumi.Input<string>[], algorithm: "ECDSA" | "RSA" = "ECDSA"): KeyPair {
    const child = { parent: this };
    const key = new tls.PrivateKey(
      `${this.name}-${label}-key`,
      algorithm === "RSA" ? { algorithm, rsaBits: 2048 } : { algorithm, ecdsaCurve: "P256" },
      child,
    );
    const request = new tls.CertRequest(
      `${this.name}-${label}-request`,
      { privateKeyPem: key.privateKeyPem, dnsNames, subject: { commonName: label } },
      child,
    );
    const leaf = new tls.LocallySignedCert(
      `${this.name}-${label}`,
      {
        certRequestPem: request.certRequestPem,
        caPrivateKeyPem: this.authorityKey,
        caCertPem: this.authority,
        validityPeriodHours: leafHours(label),
        earlyRenewalHours: renewalHours,
        allowedUses: ["digital_signature", "key_encipherment", "server_auth", "client_auth"],
      },
      child,
    );
    return { certificate: leaf.certPem, privateKey: pulumi.secret(key.privateKeyPem) };
  }

  /** The site's own certificate and key; undefined with Let's Encrypt, whose key never leaves DigitalOcean. */
  private siteCertificate({ site, settings }: Stack): KeyPair | undefined {
    const { certificate, custom } = settings.tls;
    if (certificate === "internal") return this.issue("site", [site], "RSA");
    if (custom === undefined) return undefined;
    return {
      certificate: pulumi.output([custom.certificate, custom.chain ?? ""].join("\n")),
      privateKey: pulumi.secret(custom.privateKey),
    };
  }

  /** Makes the balancer's certificate. It is named anew with each change, since one in use can't be deleted. */
  private upload({ stack, domain }: CertificatesArgs, pair: KeyPair | undefined) {
    const { custom } = stack.settings.tls;
    const input: digitalocean.CertificateArgs =
      pair === undefined
        ? { type: "lets_encrypt", domains: [domain.apply(() => stack.site)] }
        : {
            type: "custom",
            privateKey: pair.privateKey,
            leafCertificate: custom?.certificate ?? pair.certificate,
            certificateChain: custom?.chain ?? this.authority,
          };
    const version = pulumi.output(pair?.certificate ?? stack.site).apply(digest);
    const name = pulumi.interpolate`${stack.title}-${version}`;
    return new digitalocean.Certificate(
      `${this.name}-site-balancer`,
      { name, ...input },
      // The provider would have the old one go first, whatever the new one's name.
      { parent: this, deleteBeforeReplace: false },
    ).name;
  }
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);
