import { shown } from "../faults";
import type { Rule } from "../rule";

const passthroughNeedsKey: Rule = {
  compares: ["tls.backend", "tls.certificate"],
  check: ({ tls }) =>
    tls.backend === "passthrough" && tls.certificate === "lets-encrypt"
      ? [
          {
            path: "tls.backend",
            value: shown(tls.backend),
            limit:
              "reencrypt with tls.certificate lets-encrypt: the key of that certificate never leaves DigitalOcean, and with passthrough the servers need it",
            mend: "Set tls.backend to reencrypt, or tls.certificate to custom or internal.",
          },
        ]
      : [],
};

const letsEncryptNeedsZone: Rule = {
  compares: ["tls.certificate", "dns.zone"],
  check: ({ tls, dns }) =>
    tls.certificate === "lets-encrypt" && dns.zone === "none"
      ? [
          {
            path: "dns.zone",
            value: shown(dns.zone),
            limit:
              "create or existing with tls.certificate lets-encrypt: DigitalOcean proves the domain in its own DNS",
            mend: "Host the zone at DigitalOcean, or set tls.certificate to custom or internal.",
          },
        ]
      : [],
};

const customGiven: Rule = {
  compares: ["tls.certificate", "tls.custom"],
  check: ({ tls }) => {
    if (tls.certificate === "custom" && !tls.custom)
      return [
        {
          path: "tls.custom",
          value: shown(tls.custom),
          limit: "needed with tls.certificate custom",
          mend: "Set certificate, privateKey (with --secret) and chain below it, or choose another tls.certificate.",
        },
      ];
    if (tls.certificate !== "custom" && tls.custom)
      return [
        {
          path: "tls.certificate",
          value: shown(tls.certificate),
          limit: "custom where tls.custom is given",
          mend: "Set it to custom, or remove tls.custom.",
        },
      ];
    return [];
  },
};

export const tlsRules = [passthroughNeedsKey, letsEncryptNeedsZone, customGiven];
