import { each, type Rule } from "../rule";

export const strongCiphers: Rule = {
  name: "strong-ciphers",
  holds: "The balancer offers TLS 1.2 and later with strong ciphers only.",
  reason:
    "DigitalOcean's default policy keeps weaker ciphers for old clients, and a connection is as strong as the weakest.",
  fix: "Set tlsCipherPolicy to STRONG on the balancer.",
  check: each(
    "digitalocean:LoadBalancer",
    ({ props }) => props.tlsCipherPolicy !== "STRONG" && "offers weak ciphers too",
  ),
};
