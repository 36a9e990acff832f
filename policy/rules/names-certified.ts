import { list, text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const namesCertified: Rule = {
  name: "names-certified",
  holds: "Each private name of a server stands in a certificate.",
  reason:
    "Servers find each other by these names; a name without a certificate is a hop without TLS, or one that fails.",
  fix: "Issue the server's leaf for all names that it is given records for.",
  check: each("digitalocean:DnsRecord", ({ props, parent }, resources) => {
    const isServers = resources.of(droplet).some((server) => server.parent === parent);
    if (!isServers || isUnknown(props.domain)) return undefined;
    const name = `${text(props.name)}.${text(props.domain)}`;
    const certified = resources
      .of("tls:CertRequest")
      .some(({ props: { dnsNames } }) => list(dnsNames).includes(name));
    return !certified && `publishes ${name}, which no certificate names`;
  }),
};
