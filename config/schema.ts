import { z } from "zod";

/**
 * The stack's settings: every option, its default, its limits and what a change of it replaces.
 * `docs/options.md` is generated from this file.
 */

export const roles = ["web", "app", "db"] as const;
export type Role = (typeof roles)[number];

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const pool = z.strictObject({
  name: z.string().max(20).regex(label).meta({
    description: "Name of the pool; its servers are called `<name>-1`, `<name>-2`, …",
    replaces: "the pool's servers",
  }),
  count: z.int().min(1).max(50).meta({ description: "Number of servers." }),
  roles: z.array(z.enum(roles)).min(1).meta({
    description: "What each server of the pool does: `web` (nginx), `app` (the application), `db` (the database).",
    replaces: "the pool's servers",
  }),
  size: z.string().regex(/^[a-z0-9.-]+$/).default("s-2vcpu-4gb").meta({
    description: "Droplet size slug. Changed in place, with the server powered off meanwhile.",
  }),
  image: z.string().min(1).default("debian-12-x64").meta({
    description: "Droplet image slug or snapshot id; the user-data is written for Debian 12.",
    replaces: "the pool's servers",
  }),
  backups: z.enum(["none", "weekly", "daily"]).default("none").meta({
    description: "DigitalOcean's backups of the droplets (20 % of a droplet's price weekly, 30 % daily).",
  }),
});

const threshold = (warning: number, critical: number, what: string) =>
  z
    .strictObject({ warning: z.number().positive(), critical: z.number().positive() })
    .default({ warning, critical })
    .meta({ description: what });

const secret = (what: string) => z.string().min(1).meta({ description: what, secret: true });
const once = (what: string) =>
  z.enum(["create", "existing", "none"]).default("create").meta({
    description: `${what}. An account has it only once: \`create\` in one stack, \`existing\` in the others, \`none\` to do without.`,
  });

export const settingsSchema = z.strictObject({
  environment: z.enum(["development", "staging", "production"]).default("development").meta({
    description: "What the stack is for. `production` protects data and makes the policies mandatory.",
  }),
  domain: z.hostname().default("foobar.com").meta({
    description: "The site's domain.",
    replaces: "the certificates and every server",
  }),
  host: z.string().regex(/^(@|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$/).default("www").meta({
    description: "Host name of the site within the domain; `@` is the domain itself.",
    replaces: "the certificates and every server",
  }),
  region: z.string().regex(/^[a-z]{3}\d$/).default("nyc3").meta({
    description: "DigitalOcean region of everything in the stack.",
    replaces: "everything in the region",
  }),
  network: z
    .strictObject({
      ipRange: z.cidrv4().default("10.10.0.0/20").meta({
        description: "Private address range of the VPC, /16 to /28; ranges of one account must not overlap.",
        replaces: "the VPC and everything in it",
      }),
    })
    .prefault({}),
  pools: z
    .array(pool)
    .min(1)
    .prefault([{ name: "server", count: 3, roles: ["web", "app", "db"] }])
    .meta({ description: "The servers, in pools of servers alike." }),
  database: z
    .strictObject({
      mode: z.enum(["managed", "cluster", "primary-replica"]).default("primary-replica").meta({
        description:
          "`managed`: DigitalOcean's MySQL 8; `cluster`: MariaDB Galera on the servers with the role db, every one takes writes; `primary-replica`: MariaDB with one writer.",
        replaces: "the database",
      }),
      name: z.string().regex(/^[a-z][a-z0-9_]{0,31}$/).default("app").meta({
        description: "Name of the application's database and of its user.",
      }),
      volumeGib: z.int().min(1).max(16384).default(10).meta({
        description: "Size in GiB of the data volume of each server with the role db; it can only grow.",
      }),
      managed: z
        .strictObject({
          size: z.string().regex(/^[a-z0-9.-]+$/).default("db-s-1vcpu-2gb").meta({ description: "Node size slug." }),
          nodes: z.int().min(1).max(3).default(2).meta({ description: "Nodes: one writer and its standbys." }),
          version: z.string().default("8").meta({ description: "MySQL major version." }),
          storageGib: z.int().min(10).optional().meta({ description: "Storage in GiB; default: what the size includes." }),
          maintenance: z
            .strictObject({
              day: z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]).default("sunday"),
              hour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/).default("03:00:00"),
            })
            .prefault({})
            .meta({ description: "Weekly maintenance window, in UTC." }),
        })
        .prefault({}),
    })
    .prefault({}),
  tls: z
    .strictObject({
      certificate: z.enum(["lets-encrypt", "custom", "internal"]).default("lets-encrypt").meta({
        description:
          "Where visitors' certificate comes from: Let's Encrypt at the balancer, the user's own, or the stack's internal authority.",
        replaces: "the site's certificate",
      }),
      custom: z
        .strictObject({
          certificate: z.string().meta({ description: "The leaf certificate, PEM." }),
          chain: z.string().optional().meta({ description: "The intermediate certificates, PEM." }),
          privateKey: secret("The leaf's private key, PEM."),
        })
        .optional()
        .meta({ description: "The user's own certificate, with `certificate: custom`." }),
      backend: z.enum(["reencrypt", "passthrough"]).default("reencrypt").meta({
        description:
          "How the balancer reaches the web servers: `reencrypt` (it ends the visitors' TLS and speaks TLS to the servers) or `passthrough` (the servers end it; the balancer never sees plaintext).",
        replaces: "the web servers",
      }),
    })
    .prefault({}),
  loadBalancer: z
    .strictObject({
      units: z.int().min(1).max(100).default(2).meta({ description: "Balancer nodes; two or more survive the loss of one." }),
      healthPath: z.string().startsWith("/").optional().meta({
        description: "Path the balancer checks on each web server; default: the application's health path.",
      }),
    })
    .prefault({}),
  app: z
    .strictObject({
      release: z
        .strictObject({
          url: z.url({ protocol: /^https$/ }).meta({ description: "Archive (.tar.gz) of the application." }),
          sha256: z.string().regex(/^[0-9a-f]{64}$/).meta({ description: "SHA-256 of the archive, in hex." }),
          start: z.string().min(1).meta({ description: "Command that starts it, run in the unpacked archive." }),
        })
        .optional()
        .meta({ description: "The user's application; without it the built-in sample runs.", replaces: "the app servers" }),
      port: z.int().min(1024).max(65535).default(8443).meta({
        description: "Port of the application, which speaks TLS there.",
        replaces: "the web and app servers",
      }),
      healthPath: z.string().startsWith("/").default("/readyz").meta({
        description: "Path that answers 200 when the application can serve.",
        replaces: "the web servers",
      }),
      environment: z.record(z.string().regex(/^[A-Z_][A-Z0-9_]*$/), z.string()).default({}).meta({
        description: "Environment variables of the application.",
        secret: true,
        replaces: "the app servers",
      }),
    })
    .prefault({}),
  access: z
    .strictObject({
      sshKeys: z.array(z.string().regex(/^(ssh-ed25519|ecdsa-sha2-nistp\d+|ssh-rsa|sk-[a-z0-9@.-]+) \S+( .*)?$/)).default([]).meta({
        description: "Public keys that may log in as `admin`.",
        replaces: "every server",
      }),
      adminCidrs: z.array(z.cidrv4().or(z.cidrv6())).default([]).meta({
        description: "Address ranges from which SSH is reachable; none by default, and never the whole internet.",
        replaces: "every server",
      }),
    })
    .prefault({}),
  dns: z
    .strictObject({
      zone: once("The domain's DNS zone"),
      ttl: z.int().min(30).max(86400).default(300).meta({ description: "Time to live of the records, in seconds." }),
    })
    .prefault({}),
  monitoring: z
    .strictObject({
      notifications: z
        .strictObject({
          email: z.array(z.email()).default([]).meta({
            description: "Addresses that get the alerts; for DigitalOcean's own alerts they must be verified in the account.",
          }),
          slack: z
            .strictObject({ url: secret("Incoming webhook."), channel: z.string().startsWith("#").default("#alerts") })
            .optional(),
          pagerduty: z.strictObject({ integrationKey: secret("Integration key (Events API v2).") }).optional(),
          webhook: z.strictObject({ url: secret("Address that gets a JSON POST.") }).optional(),
        })
        .prefault({}),
      capacityQps: z.number().positive().default(200).meta({
        description: "Requests a second that one web server is known to carry; alerts compare the QPS with it.",
      }),
      thresholds: z
        .strictObject({
          cpuPercent: threshold(80, 95, "CPU use, in percent."),
          memoryPercent: threshold(80, 92, "Memory use, in percent."),
          diskPercent: threshold(80, 90, "Disk use, in percent."),
          qpsPercent: threshold(70, 90, "QPS of a web server, in percent of `capacityQps`."),
          serverErrorPercent: threshold(1, 5, "Share of answers with a 5xx status, in percent."),
          latencyMs: threshold(500, 2000, "95th percentile of the answer time, in milliseconds."),
        })
        .prefault({}),
      fields: once("The Sumo Logic fields"),
      extractionRules: once("The Sumo Logic field extraction rules"),
      folder: z.enum(["create", "existing", "none"]).default("create").meta({
        description:
          "The Sumo Logic folder of the dashboards: `create` one (in `parentFolderId`, else in the user's personal folder), use the `existing` one `folderId`, or `none`: no dashboards.",
      }),
      folderId: z.string().optional().meta({ description: "Folder that holds the dashboards, with `folder: existing`." }),
      parentFolderId: z.string().optional().meta({ description: "Folder in which the stack's folder is made, with `folder: create`." }),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
export type PoolSettings = Settings["pools"][number];
