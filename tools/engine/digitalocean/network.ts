import { type Maker, posted } from "../kind";
import { given, list, object, omit, type Props, snake, text } from "../props";
import type { Api } from "../rest";

/** Networks, names, and what stands between them and the internet. */
export const network: Readonly<Record<string, Maker>> = {
  Vpc: posted({
    path: "/v2/vpcs",
    wrap: "vpc",
    body: snake,
    outputs: (vpc) => ({ vpcUrn: vpc.urn ?? "" }),
  }),
  Tag: posted({
    path: "/v2/tags",
    wrap: "tag",
    body: ({ name }) => given({ name }),
    id: (tag) => text(tag.name),
  }),
  Domain: posted({
    path: "/v2/domains",
    wrap: "domain",
    body: snake,
    id: (domain) => text(domain.name),
    outputs: (domain) => ({ domainUrn: `do:domain:${text(domain.name)}` }),
  }),
  DnsRecord: posted({
    path: ({ domain }) => `/v2/domains/${text(domain)}/records`,
    wrap: "domain_record",
    body: ({ value, ...rest }) => ({
      ...snake(omit(rest, "domain")),
      data: recordData(text(rest.type), text(value)),
    }),
    outputs: (_, { name, domain }) => ({
      fqdn: name === "@" ? text(domain) : `${text(name)}.${text(domain)}`,
    }),
  }),
  Firewall: posted({
    path: "/v2/firewalls",
    wrap: "firewall",
    body: ({ inboundRules, outboundRules, ...rest }) => ({
      ...snake(rest),
      inbound_rules: list(inboundRules).map((rule) => firewallRule(object(rule), "source", "sources")),
      outbound_rules: list(outboundRules).map((rule) =>
        firewallRule(object(rule), "destination", "destinations"),
      ),
    }),
  }),
  LoadBalancer: posted({
    path: "/v2/load_balancers",
    wrap: "load_balancer",
    body: async ({ forwardingRules, healthcheck, stickySessions, firewall, dropletTag, ...rest }, api) =>
      given({
        ...snake(rest),
        tag: dropletTag,
        forwarding_rules: await Promise.all(
          list(forwardingRules).map((rule) => forwardingRule(object(rule), api)),
        ),
        health_check: healthcheck && snake(object(healthcheck)),
        sticky_sessions: stickySessions && snake(object(stickySessions)),
        firewall: firewall && given({ allow: object(firewall).allows, deny: object(firewall).denies }),
      }),
    ready: (balancer) => balancer.status === "active",
    outputs: (balancer) => ({ loadBalancerUrn: `do:loadbalancer:${text(balancer.id)}` }),
  }),
  Certificate: posted({
    path: "/v2/certificates",
    wrap: "certificate",
    body: ({ domains, ...rest }) => given({ ...snake(rest), dns_names: domains }),
    ready: (certificate) => certificate.state === "verified",
    // The provider's id is the name, so that a renewed certificate, which has a new id, stays the same one.
    id: (certificate) => text(certificate.name),
    outputs: (certificate) => ({ uuid: text(certificate.id) }),
  }),
};

/** The provider ends names that a record points to with a dot. */
function recordData(type: string, value: string): string {
  const pointsToName = ["CNAME", "MX", "NS", "SRV"].includes(type);
  return pointsToName && value !== "@" && !value.endsWith(".") ? `${value}.` : value;
}

function firewallRule(rule: Props, prefix: "source" | "destination", key: "sources" | "destinations"): Props {
  return given({
    protocol: rule.protocol,
    ports: rule.portRange,
    [key]: given({
      addresses: rule[`${prefix}Addresses`],
      droplet_ids: rule[`${prefix}DropletIds`],
      tags: rule[`${prefix}Tags`],
      load_balancer_uids: rule[`${prefix}LoadBalancerUids`],
      kubernetes_ids: rule[`${prefix}KubernetesIds`],
    }),
  });
}

/** Rules name their certificate; the API wants its id. */
async function forwardingRule({ certificateName, ...rest }: Props, api: Api): Promise<Props> {
  if (!certificateName) return snake(rest);
  const name = text(certificateName);
  const found = list(
    (await api.call("GET", `/v2/certificates?name=${encodeURIComponent(name)}`)).certificates,
  );
  if (found.length === 0) throw new Error(`DigitalOcean: there is no certificate called ${name}.`);
  return { ...snake(rest), certificate_id: text(object(found[0]).id) };
}
