import { z } from "zod";
import type { ApiObject, World } from "../core/backend";

/** The parts of the API's objects that bodies are made from. */
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const peers = z.object({
  addresses: list(z.string()),
  droplet_ids: list(z.number()),
  load_balancer_uids: list(z.string()),
  tags: list(z.string()),
});
const rule = z.object({ protocol: z.enum(["tcp", "udp", "icmp"]), ports: z.string().default("0") });

const database = z.object({
  id: z.string(),
  name: z.string(),
  engine: z.string(),
  private_network_uuid: z.string(),
  db_names: list(z.string()),
  users: list(z.object({ name: z.string(), password: z.string() })),
  /** Trusted sources; without any, all are. */
  rules: list(z.object({ type: z.string(), value: z.string() })),
});

const schema = z.object({
  droplets: z.array(
    z.object({ id: z.number(), tags: list(z.string()), memory: z.number(), vcpus: z.number() }),
  ),
  firewalls: z.array(
    z.object({
      droplet_ids: list(z.number()),
      tags: list(z.string()),
      inbound_rules: list(rule.extend({ sources: peers })),
      outbound_rules: list(rule.extend({ destinations: peers })),
    }),
  ),
  balancers: z.array(
    z.object({
      id: z.string(),
      /** Empty until it is active. */
      ip: z.string().default(""),
      vpc_uuid: z.string(),
      droplet_ids: list(z.number()),
      forwarding_rules: z.array(
        z.object({
          entry_protocol: z.enum(["http", "https", "http2", "http3", "tcp", "udp"]),
          entry_port: z.number(),
          target_protocol: z.enum(["http", "https", "http2", "tcp", "udp"]),
          target_port: z.number(),
          certificate_id: z.string().default(""),
          tls_passthrough: z.boolean().default(false),
        }),
      ),
      health_check: z.object({
        protocol: z.enum(["http", "https", "tcp"]),
        port: z.number(),
        path: z.string().default(""),
        check_interval_seconds: z.number(),
        response_timeout_seconds: z.number(),
        unhealthy_threshold: z.number(),
        healthy_threshold: z.number(),
      }),
      sticky_sessions: z.object({
        type: z.enum(["cookies", "none"]),
        cookie_name: z.string().default(""),
        cookie_ttl_seconds: z.number().default(0),
      }),
      redirect_http_to_https: z.boolean(),
      enable_proxy_protocol: z.boolean(),
      enable_backend_keepalive: z.boolean(),
      http_idle_timeout_seconds: z.number(),
      firewall: z.object({ allow: list(z.string()), deny: list(z.string()) }),
      tls_cipher_policy: z.enum(["DEFAULT", "STRONG"]),
    }),
  ),
  vpcs: z.array(z.object({ id: z.string(), ip_range: z.string() })),
  volumes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      size_gigabytes: z.number(),
      filesystem_type: z.string().default(""),
      filesystem_label: z.string().default(""),
      droplet_ids: list(z.number()),
    }),
  ),
  databases: z.array(database),
  certificates: z.array(
    z.object({
      id: z.string(),
      private_key: z.string(),
      leaf_certificate: z.string(),
      certificate_chain: z.string(),
    }),
  ),
  zones: z.record(
    z.string(),
    z.array(
      z.object({
        type: z.string(),
        name: z.string(),
        data: z.string(),
        ttl: z.number(),
        priority: z.number().nullish(),
        port: z.number().nullish(),
        weight: z.number().nullish(),
        flags: z.number().nullish(),
        tag: z.string().nullish(),
      }),
    ),
  ),
});

export type Objects = z.output<typeof schema>;
export type BalancerObject = Objects["balancers"][number];
export type CertificateObject = Objects["certificates"][number];
export type VolumeObject = Objects["volumes"][number];
export type ZoneRecord = Objects["zones"][string][number];

export type DatabaseObject = z.output<typeof database>;

/** @throws where the API's object lacks what a body needs. */
export function readDatabase(object: ApiObject): DatabaseObject {
  return database.parse(object);
}

/** @throws where the API's objects lack what a body needs. */
export function readWorld(world: World): Objects {
  return schema.parse(world);
}
