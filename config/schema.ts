import { z } from "zod";
import { access } from "./schema/access";
import { app } from "./schema/app";
import { once, urlPath, urlPathLimits } from "./schema/common";
import { database } from "./schema/database";
import { monitoring } from "./schema/monitoring";
import { pools } from "./schema/pools";
import { tls } from "./schema/tls";

export { type Role, roles } from "./schema/pools";

/**
 * The stack's settings: every option, its default, its limits and what a change of it replaces.
 * Rules that look at several options are in config/rules; docs/options.md is generated from here.
 */

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

const network = z
  .strictObject({
    ipRange: z.cidrv4().default("10.30.0.0/20").meta({
      description: "Private address range of the VPC; ranges of one account must not overlap.",
      limits:
        "a private range, /16 to /28, large enough for the servers and outside DigitalOcean's own ranges",
      replaces: "the VPC and everything in it; refused with a managed database",
    }),
  })
  .prefault({})
  .meta({ description: "The private network." });

const loadBalancer = z
  .strictObject({
    units: z.int().min(1).max(100).default(2).meta({
      description: "Nodes of the balancer; two or more survive the loss of one.",
    }),
    healthPath: urlPath.optional().meta({
      description: "Path the balancer checks on each web server; without it, the application's health path.",
      limits: urlPathLimits,
    }),
  })
  .prefault({})
  .meta({ description: "The load balancer." });

const dns = z
  .strictObject({
    zone: once("The domain's DNS zone at DigitalOcean"),
    ttl: z
      .int()
      .min(30)
      .max(86400)
      .default(300)
      .meta({ description: "Time to live of the records, in seconds." }),
  })
  .prefault({})
  .meta({ description: "The public DNS records." });

const cost = z
  .strictObject({
    budgetUsd: z.number().positive().optional().meta({
      description:
        "What the stack may cost a month, in US dollars; a policy holds the price of its resources against it.",
    }),
  })
  .prefault({})
  .meta({ description: "What the stack may cost." });

export const settingsSchema = z.strictObject({
  environment: z.enum(["development", "staging", "production"]).default("development").meta({
    description: "What the stack is for. `production` protects data and makes the policies mandatory.",
    replaces: "every server",
  }),
  domain: z
    .string()
    .max(253)
    .regex(new RegExp(`^(${label}\\.)+(?=[a-z])${label}$`))
    .default("foobar.com")
    .meta({
      description: "Domain of the site, the zone of its records.",
      limits:
        "two or more labels in lower case, such as `example.com`, without a dot at the end; at most 253 characters",
      replaces: "the certificates and every server",
    }),
  host: z
    .string()
    .regex(new RegExp(`^(@|${label})$`))
    .default("www")
    .meta({
      description: "Host name of the site within the domain; `@` is the domain itself.",
      limits: "one label in lower case, or `@`",
      replaces: "the certificates and every server",
    }),
  region: z
    .string()
    .regex(/^[a-z]{3}\d$/)
    .default("nyc3")
    .meta({
      description: "DigitalOcean region of everything in the stack.",
      limits: "a region slug, such as `nyc3`",
      replaces: "nothing: it is refused, as the data does not follow",
    }),
  network,
  pools,
  database,
  tls,
  loadBalancer,
  app,
  access,
  dns,
  monitoring,
  cost,
});

export type Settings = z.output<typeof settingsSchema>;
export type PoolSettings = Settings["pools"][number];
