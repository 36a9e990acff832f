import { list, object, type Props } from "../../../../tools/engine/props";
import { type Cases, type Change, edit, set } from "../changes";

const balancer = "digitalocean:LoadBalancer";
const leaf = "tls:LocallySignedCert";

const forwarding = (changes: Props): Change =>
  edit(balancer, ({ props }) => ({
    props: {
      ...props,
      forwardingRules: list(props.forwardingRules).map((rule) => ({ ...object(rule), ...changes })),
    },
  }));

export const encryption: Cases = {
  "visitors-encrypted": {
    stack: "prod",
    broken: { "an HTTP entry": forwarding({ entryProtocol: "http", entryPort: 80 }) },
  },
  "servers-encrypted": {
    stack: "prod",
    broken: { "plaintext to the servers": forwarding({ targetProtocol: "http", targetPort: 80 }) },
  },
  "https-redirect": {
    stack: "prod",
    broken: {
      "the redirect off": set(balancer, { redirectHttpToHttps: false }),
      "the redirect left to the provider": set(balancer, { redirectHttpToHttps: null }),
    },
  },
  "strong-ciphers": {
    stack: "prod",
    broken: { "the default ciphers": set(balancer, { tlsCipherPolicy: "DEFAULT" }) },
  },
  "health-check-encrypted": {
    stack: "prod",
    broken: {
      "a check of the bare port": set(balancer, { healthcheck: { protocol: "tcp", port: 443 } }),
      "no check": set(balancer, { healthcheck: null }),
      "no path": set(balancer, { healthcheck: { protocol: "https", port: 443 } }),
    },
  },
  "names-certified": {
    stack: "staging",
    broken: {
      "a record that no certificate names": set(
        "digitalocean:DnsRecord",
        { name: "other" },
        "app-1-record-app-1",
      ),
      "a certificate for other names": set("tls:CertRequest", { dnsNames: ["localhost"] }),
    },
  },
  "strong-keys": {
    stack: "prod",
    broken: {
      "a short RSA key": set("tls:PrivateKey", { algorithm: "RSA", rsaBits: 1024 }, "certificates-web-1-key"),
      "the provider's default curve": set("tls:PrivateKey", { ecdsaCurve: null }, "certificates-web-1-key"),
    },
  },
  "leaves-renewed": {
    stack: "prod",
    broken: {
      "no early renewal": set(leaf, { earlyRenewalHours: null }),
      "a renewal of one week": set(leaf, { earlyRenewalHours: 168 }),
      "a renewal at each run": set(leaf, { earlyRenewalHours: 9000 }, "certificates-web-1"),
    },
  },
  "certificates-current": {
    stack: "prod",
    given: set("digitalocean:Certificate", { type: "lets_encrypt", notAfter: "2026-01-01T00:00:00Z" }),
    broken: {
      "a leaf in its last days": set(leaf, { validityEndTime: "2026-06-10T00:00:00Z" }, "certificates-app-1"),
      "an authority that has ended": set("tls:SelfSignedCert", { validityEndTime: "2026-05-01T00:00:00Z" }),
      "a site's certificate in its last days": set("digitalocean:Certificate", {
        type: "custom",
        notAfter: "2026-06-14T23:59:59Z",
      }),
    },
  },
};
