import { text } from "../engine/props";
import type { Arrow, Box } from "./picture";
import { distinct, type Resource, type Resources, texts } from "./resources";

interface Part {
  readonly boxes: Box[];
  readonly arrows: Arrow[];
}

/** The site's addresses, as the records that lead to a balancer say. */
export function sites(resources: Resources): string[] {
  return publicRecords(resources).map(({ inputs }) => {
    const { name, domain } = { name: text(inputs.name), domain: text(inputs.domain) };
    return `https://${name === "@" ? domain : `${name}.${domain}`}`;
  });
}

/** The zones and what their records lead to. */
export function dns(resources: Resources): Part {
  const records = resources.all("DnsRecord");
  if (records.length === 0) return { boxes: [], arrows: [] };
  const published = publicRecords(resources);
  const zones = distinct(records.map(({ inputs }) => text(inputs.domain)));
  const line = (zone: string) => {
    const within = records.filter(({ inputs }) => inputs.domain === zone);
    const servers = within.filter((record) => resources.from(record, "value", "Droplet").length > 0);
    return `${zone}: ${servers.length > 0 ? `${servers.length} records of servers` : names(within)}`;
  };
  const box: Box = { id: "dns", tone: "outside", title: "DNS", lines: zones.map(line) };
  const arrows = distinct(published.flatMap((record) => balancersOf(resources, record))).map(
    ({ urn }): Arrow => ({ from: box.id, to: urn, text: names(published), tls: false, style: "uses" }),
  );
  return { boxes: [box], arrows };
}

const names = (records: readonly Resource[]): string =>
  records.map(({ inputs }) => `${text(inputs.name)} ${text(inputs.type)}`).join(", ");

const balancersOf = (resources: Resources, record: Resource): Resource[] =>
  resources.from(record, "value", "LoadBalancer");

const publicRecords = (resources: Resources): Resource[] =>
  resources.all("DnsRecord").filter((record) => balancersOf(resources, record).length > 0);

/**
 * The balancer's certificate, and those that the internal authority signs for servers. They lead to the balancer or,
 * where it has none because TLS passes through, to the servers.
 * @param networks URNs of the networks that these servers lie in
 */
export function certificates(resources: Resources, networks: readonly string[]): Part {
  const uploaded = resources.all("Certificate");
  const signed = resources
    .all("LocallySignedCert")
    .filter((leaf) =>
      resources
        .all("Droplet")
        .some((droplet) => resources.from(droplet, "userData", "LocallySignedCert").includes(leaf)),
    );
  const lines = [
    ...uploaded.map((certificate) => site(resources, certificate)),
    ...(signed.length > 0 ? [`${signed.length} for servers, from the internal authority`] : []),
  ];
  if (lines.length === 0) return { boxes: [], arrows: [] };
  const box: Box = { id: "certificates", tone: "outside", title: "certificates", lines };
  const balancers = resources
    .all("LoadBalancer")
    .filter((balancer) => resources.from(balancer, "forwardingRules", "Certificate").length > 0);
  const targets = balancers.length > 0 ? balancers.map(({ urn }) => urn) : networks;
  const arrows = targets.map(
    (to): Arrow => ({ from: box.id, to, text: "certificate", tls: false, style: "uses" }),
  );
  return { boxes: [box], arrows };
}

/** `www.foobar.com, from Let's Encrypt`. */
function site(resources: Resources, certificate: Resource): string {
  const { type } = certificate.inputs;
  if (type === "lets_encrypt")
    return `${texts(certificate.inputs, "domains").join(", ")}, from Let's Encrypt`;
  const requests = resources
    .from(certificate, "leafCertificate", "LocallySignedCert")
    .flatMap((leaf) => resources.from(leaf, "certRequestPem", "CertRequest"));
  const [request] = requests;
  return request
    ? `${texts(request.inputs, "dnsNames").join(", ")}, from the internal authority`
    : "the balancer's, uploaded";
}
