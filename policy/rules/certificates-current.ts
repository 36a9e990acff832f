import { endOf } from "../certificates";
import { each, type Rule } from "../rule";

export const certificatesCurrent: Rule = {
  name: "certificates-current",
  holds: "No certificate ends within 14 days, but for Let's Encrypt's, which DigitalOcean renews itself.",
  reason: "Browsers refuse the site from that moment on, and what brings a new one takes time.",
  fix: "Run pulumi up, which renews what the stack makes itself; put a new certificate into tls.custom.",
  check: each(
    ["digitalocean:Certificate", "tls:LocallySignedCert", "tls:SelfSignedCert"],
    (certificate, _resources, { now }) => {
      // The state keeps the end of the first one.
      if (certificate.props.type === "lets_encrypt") return undefined;
      const end = endOf(certificate);
      const late = end !== undefined && end.getTime() - now.getTime() < 14 * 86_400_000;
      return late && `ends on ${end.toISOString().slice(0, 10)}`;
    },
  ),
};
