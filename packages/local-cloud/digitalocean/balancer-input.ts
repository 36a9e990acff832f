import { z } from "zod";
import { invalid } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { requireDroplets } from "./firewall-rules";
import { flag, list, numericId, parse, text } from "./input";
import { requireTags } from "./tags";

const port = z.int().min(1, "must be between 1 and 65535").max(65535, "must be between 1 and 65535");
const between = (low: number, high: number, otherwise: number) =>
  z
    .int()
    .nullish()
    .transform((value) => value || otherwise)
    .refine((value) => value >= low && value <= high, `must be between ${low} and ${high}`);

export const forwardingRule = z.object({
  entry_protocol: z.enum(["http", "https", "http2", "http3", "tcp", "udp"], "is not a supported protocol"),
  entry_port: port,
  target_protocol: z.enum(["http", "https", "http2", "tcp", "udp"], "is not a supported protocol"),
  target_port: port,
  certificate_id: text,
  tls_passthrough: flag,
});

const healthCheck = z.object({
  protocol: z.enum(["http", "https", "tcp"], "is not a supported protocol").default("http"),
  port: port.default(80),
  path: text,
  check_interval_seconds: between(3, 300, 10),
  response_timeout_seconds: between(3, 300, 5),
  unhealthy_threshold: between(2, 10, 3),
  healthy_threshold: between(2, 10, 5),
});

const stickySessions = z
  .object({
    type: z.enum(["cookies", "none"]).default("none"),
    cookie_name: text,
    cookie_ttl_seconds: z
      .int()
      .nullish()
      .transform((value) => value ?? 0),
  })
  .refine(
    ({ type, cookie_name: name, cookie_ttl_seconds: ttl }) =>
      type === "none" || (name.length >= 2 && name.length <= 40 && ttl > 0),
    "must have a cookie_name of 2 to 40 characters and a cookie_ttl_seconds with type cookies",
  );

const source = z.string().regex(/^(ip|cidr):/, "must be of the form ip:1.2.3.4 or cidr:1.2.0.0/16");

const sizeUnits: Readonly<Record<string, number>> = { "lb-small": 1, "lb-medium": 3, "lb-large": 6 };

const schema = z.object({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9.-]*$/, "must only contain alphanumeric characters, dots and dashes"),
  region: text,
  type: z.enum(["REGIONAL", "REGIONAL_NETWORK", "GLOBAL"]).default("REGIONAL"),
  network: z.enum(["EXTERNAL", "INTERNAL"]).default("EXTERNAL"),
  network_stack: z.enum(["IPV4", "DUALSTACK"]).default("IPV4"),
  size: z.enum(["", "lb-small", "lb-medium", "lb-large"]).default(""),
  size_unit: z.int().min(1).max(200, "must be between 1 and 200").optional(),
  algorithm: z
    .string()
    .optional()
    .transform(() => "round_robin" as const),
  forwarding_rules: list(forwardingRule),
  health_check: healthCheck.nullish(),
  sticky_sessions: stickySessions.nullish().transform((value) => value ?? stickySessions.parse({})),
  droplet_ids: list(numericId),
  tag: text,
  vpc_uuid: text,
  project_id: text,
  redirect_http_to_https: flag,
  enable_proxy_protocol: flag,
  enable_backend_keepalive: flag,
  disable_lets_encrypt_dns_records: flag,
  http_idle_timeout_seconds: between(30, 600, 60),
  firewall: z
    .object({ allow: list(source), deny: list(source) })
    .nullish()
    .transform((value) => value ?? { allow: [], deny: [] }),
  tls_cipher_policy: z.enum(["DEFAULT", "STRONG"]).default("DEFAULT"),
});

export type BalancerInput = z.output<typeof schema>;
export type ForwardingRule = z.output<typeof forwardingRule>;

/** @throws ApiError 422 where the request is not one the API takes. */
export function parseBalancer(cloud: Cloud, body: unknown) {
  const { size, size_unit: units, health_check: health, ...input } = parse(schema, body);
  if (!regions.has(input.region)) throw invalid("region is invalid");
  if (input.droplet_ids.length > 0 && input.tag) throw invalid("droplet_ids and tag can not both be given");
  if (input.tag) requireTags(cloud, [input.tag]);
  requireDroplets(cloud, input.droplet_ids);
  checkRules(cloud, input.forwarding_rules);
  if (
    input.redirect_http_to_https &&
    !input.forwarding_rules.some(({ entry_protocol: entry }) => entry.startsWith("http") && entry !== "http")
  ) {
    throw invalid("redirect_http_to_https needs a forwarding rule with entry_protocol https");
  }
  if (input.project_id && !cloud.projects.get(input.project_id)) throw invalid("project_id is invalid");
  return { ...input, size_unit: units ?? sizeUnits[size] ?? 1, health_check: completeCheck(health) };
}

function completeCheck(given: z.output<typeof healthCheck> | null | undefined) {
  const check = given ?? healthCheck.parse({});
  if (check.protocol === "tcp" && check.path)
    throw invalid("health_check.path can not be given with protocol tcp");
  if (check.path && !check.path.startsWith("/")) throw invalid("health_check.path must start with /");
  return check.protocol === "tcp" ? check : { ...check, path: check.path || "/" };
}

/** Targets that an entry may be forwarded to. */
const targets: Readonly<Record<ForwardingRule["entry_protocol"], readonly string[]>> = {
  http: ["http", "https", "http2"],
  https: ["http", "https", "http2"],
  http2: ["http", "https", "http2"],
  http3: ["http", "https", "http2"],
  tcp: ["tcp"],
  udp: ["udp"],
};

/** @throws ApiError 422 */
export function checkRules({ certificates }: Cloud, rules: readonly ForwardingRule[]): void {
  if (rules.length === 0) throw invalid("at least one forwarding rule is required");
  const entries = new Set<string>();
  for (const rule of rules) {
    const {
      entry_protocol: entry,
      target_protocol: target,
      certificate_id: certificate,
      tls_passthrough: passthrough,
    } = rule;
    const socket = `${entry === "udp" || entry === "http3" ? "udp" : "tcp"}:${rule.entry_port}`;
    if (entries.has(socket))
      throw invalid(`forwarding rules can not share the entry port ${rule.entry_port}`);
    entries.add(socket);
    if (!targets[entry].includes(target))
      throw invalid(`entry_protocol ${entry} can not be forwarded to target_protocol ${target}`);
    if (passthrough && (certificate || entry !== target)) {
      throw invalid("tls_passthrough needs the same entry and target protocol and no certificate_id");
    }
    const encrypted = entry === "https" || entry === "http2" || entry === "http3";
    if (encrypted && !certificate && !passthrough)
      throw invalid(`certificate_id or tls_passthrough is required for entry_protocol ${entry}`);
    if (certificate && !encrypted)
      throw invalid(`certificate_id can not be given with entry_protocol ${entry}`);
    if (certificate && certificates.get(certificate)?.state !== "verified")
      throw invalid(`certificate ${certificate} does not exist or is not verified`);
  }
}
