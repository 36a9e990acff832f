import { text } from "../../tools/engine/props";
import { each, type Rule } from "../rule";

export const strongKeys: Rule = {
  name: "strong-keys",
  holds: "Private keys are ECDSA, Ed25519, or RSA with 2048 bits or more.",
  reason: "Shorter keys can be computed from what anybody sees of them.",
  fix: "Use ECDSA with P256, or RSA with 2048 bits.",
  check: each("tls:PrivateKey", ({ props: { algorithm, ecdsaCurve, rsaBits } }) => {
    if (algorithm === "RSA") return Number(rsaBits ?? 2048) < 2048 && `has ${rsaBits} bits of RSA`;
    // The provider's default curve is P224.
    const curve = text(ecdsaCurve) || "P224";
    return algorithm === "ECDSA" && curve === "P224" && "is on the curve P224";
  }),
};
