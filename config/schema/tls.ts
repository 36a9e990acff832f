import { z } from "zod";
import { secret } from "./common";

const custom = z
  .strictObject({
    certificate: z.string().min(1).meta({
      description: "The leaf certificate, for the site's host name.",
      limits: "PEM, not expired, covers the site",
      example: "-----BEGIN CERTIFICATE-----…",
    }),
    chain: z.string().min(1).optional().meta({
      description: "The intermediate certificates, the leaf's issuer first.",
      limits: "PEM",
    }),
    privateKey: secret("The leaf's private key: PEM, without a passphrase."),
  })
  .optional()
  .meta({
    description: "The user's own certificate, with `tls.certificate: custom`.",
    replaces: "the site's certificate; with passthrough the web servers",
  });

export const tls = z
  .strictObject({
    certificate: z.enum(["lets-encrypt", "custom", "internal"]).default("lets-encrypt").meta({
      description:
        "Where visitors' certificate comes from: Let's Encrypt at the balancer, the user's own, or the stack's internal authority (which no browser trusts).",
      replaces: "the site's certificate; with passthrough the web servers",
    }),
    custom,
    backend: z.enum(["reencrypt", "passthrough"]).default("reencrypt").meta({
      description:
        "How the balancer reaches the web servers: `reencrypt` (it ends the visitors' TLS and speaks TLS to the servers) or `passthrough` (the servers end it; the balancer never sees plaintext; not with Let's Encrypt, whose key stays with DigitalOcean).",
      replaces: "the web servers",
    }),
  })
  .prefault({})
  .meta({ description: "Encryption, from the visitor to the database." });
