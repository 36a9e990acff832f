import { createPrivateKey, randomUUID, X509Certificate } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { found, invalid, page } from "./answers";
import { Authority } from "./authority";
import type { Cloud } from "./cloud";
import { parse, text } from "./input";

export interface Certificate {
  readonly id: string;
  readonly name: string;
  readonly type: "custom" | "lets_encrypt";
  readonly state: "pending" | "verified" | "error";
  readonly dns_names: readonly string[];
  readonly not_after: string;
  readonly sha1_fingerprint: string;
  readonly created_at: string;
  /** PEM; empty until a certificate of Let's Encrypt is issued. */
  readonly private_key: string;
  readonly leaf_certificate: string;
  readonly certificate_chain: string;
}

type ById = { Params: { id: string } };

const name = z.string().min(1, "can't be blank").max(255);
const creation = z.union([
  z.object({
    type: z.literal("lets_encrypt"),
    name,
    dns_names: z.array(z.string().toLowerCase()).min(1, "is required"),
  }),
  z.object({
    type: z.literal("custom").default("custom"),
    name,
    private_key: z.string(),
    leaf_certificate: z.string(),
    certificate_chain: text,
  }),
]);

/** What a certificate that isn't issued yet has in the place of its facts, as the API's zero values. */
const unissued = { not_after: "0001-01-01T00:00:00Z", sha1_fingerprint: "" };

export function addCertificates(app: FastifyInstance, cloud: Cloud): void {
  const { certificates, core, latency } = cloud;
  const authority = new Authority(core.store, core.clock, "Local Cloud Let's Encrypt");
  core.jobs.define("digitalocean/certificate", (id) => issue(cloud, authority, id));

  app.get<{ Querystring: { name?: string } }>("/v2/certificates", (request) => {
    const { name } = request.query;
    const wanted = certificates.list().filter((certificate) => !name || certificate.name === name);
    return page(request, "certificates", wanted, show);
  });
  app.post("/v2/certificates", (request, reply) => {
    const input = parse(creation, request.body);
    if (certificates.find((other) => other.name === input.name))
      throw invalid("certificate name is already in use");
    const id = randomUUID();
    const made = { id, name: input.name, created_at: core.clock.stamp() };
    const certificate =
      input.type === "custom"
        ? certificates.put(id, { ...made, ...checkCustom(input, core.clock.now()) })
        : certificates.put(id, { ...made, ...order(cloud, input.dns_names) });
    if (input.type === "lets_encrypt")
      core.jobs.start("digitalocean/certificate", id, latency("certificate", input.name));
    return reply.status(201).send({ certificate: show(certificate) });
  });
  app.get<ById>("/v2/certificates/:id", (request) => ({
    certificate: show(found(certificates.get(request.params.id))),
  }));
  app.delete<ById>("/v2/certificates/:id", (request, reply) => {
    const { id } = found(certificates.get(request.params.id));
    const user = cloud.balancers.find((balancer) =>
      balancer.forwarding_rules.some((rule) => rule.certificate_id === id),
    );
    if (user) throw new ApiError(403, "Make sure the certificate is not in use before deleting it");
    certificates.delete(id);
    return reply.status(204).send();
  });
  app.get("/_local/authority", async (_request, reply) => {
    return reply.type("application/x-pem-file").send((await authority.root()).certificate);
  });
}

function show({ private_key, leaf_certificate, certificate_chain, ...certificate }: Certificate) {
  return certificate;
}

/** An order at the authority: its names must be in domains that the account hosts. */
function order(cloud: Cloud, dnsNames: readonly string[]) {
  const hosted = cloud.domains.list().map(({ name }) => name);
  const foreign = dnsNames.find(
    (dns) => !hosted.some((domain) => dns === domain || dns.endsWith(`.${domain}`)),
  );
  if (foreign)
    throw invalid(`${foreign} is not managed by DigitalOcean: add its domain to this account first`);
  return {
    type: "lets_encrypt",
    state: "pending",
    dns_names: dnsNames,
    private_key: "",
    leaf_certificate: "",
    certificate_chain: "",
    ...unissued,
  } as const;
}

async function issue(cloud: Cloud, authority: Authority, id: string): Promise<void> {
  const pending = cloud.certificates.get(id);
  if (!pending) return;
  const { certificate, privateKey } = await authority.issue(pending.dns_names);
  const { certificate: root } = await authority.root();
  cloud.certificates.patch(id, {
    state: "verified",
    private_key: privateKey,
    leaf_certificate: certificate,
    certificate_chain: root,
    ...facts(new X509Certificate(certificate)),
  });
}

interface Custom {
  readonly private_key: string;
  readonly leaf_certificate: string;
  readonly certificate_chain: string;
}

/** @throws ApiError 422 where the parts can't be read, don't belong together, or have expired. */
function checkCustom(input: Custom, now: number) {
  const leaf = readable("leaf_certificate", () => new X509Certificate(input.leaf_certificate));
  const key = readable("private_key", () => createPrivateKey(input.private_key));
  if (!leaf.checkPrivateKey(key)) throw invalid("private_key does not match leaf_certificate");
  if (Date.parse(leaf.validTo) <= now) throw invalid("leaf_certificate has expired");
  const chain =
    input.certificate_chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const issuers = chain.map((pem) => readable("certificate_chain", () => new X509Certificate(pem)));
  if (input.certificate_chain.trim() && issuers.length === 0)
    throw invalid("certificate_chain is not valid PEM");
  const [issuer] = issuers;
  if (issuer && !leaf.checkIssued(issuer))
    throw invalid("certificate_chain does not start with the issuer of leaf_certificate");
  const dnsNames = (leaf.subjectAltName ?? "")
    .split(", ")
    .flatMap((name) => (name.startsWith("DNS:") ? [name.slice(4)] : []));
  const { private_key, leaf_certificate, certificate_chain } = input;
  return {
    type: "custom",
    state: "verified",
    dns_names: dnsNames,
    private_key,
    leaf_certificate,
    certificate_chain,
    ...facts(leaf),
  } as const;
}

function facts(leaf: X509Certificate) {
  return {
    not_after: new Date(leaf.validTo).toISOString().replace(".000", ""),
    sha1_fingerprint: leaf.fingerprint.replaceAll(":", "").toLowerCase(),
  };
}

function readable<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw invalid(`${field} is not valid PEM`);
  }
}
