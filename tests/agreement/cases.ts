import type { Props } from "../../tools/engine/props";
import { release, sshKey } from "../unit/config-support";

/** Changes of settings whose effect the real engine was asked for. */
export interface Base {
  /** The settings that the stack was brought up with. */
  readonly settings: Props;
  /** Settings in their place, by what they change. */
  readonly changes: Readonly<Record<string, Props>>;
}

const roles = ["web", "app", "db"];
const server = { name: "server", count: 2, roles, size: "s-2vcpu-2gb" };
const database = { mode: "primary-replica" };
const notifications = { email: ["ops@example.com"] };
const uniform = {
  domain: "foobar.com",
  tls: { certificate: "internal" },
  pools: [server],
  database,
  monitoring: { notifications },
};

const web = { name: "web", count: 2, roles: ["web"], size: "s-1vcpu-1gb" };
const app = { name: "app", count: 1, roles: ["app"], size: "s-1vcpu-2gb" };
const managed = { size: "db-s-1vcpu-2gb", nodes: 1, maintenance: { day: "sunday", hour: "03:00:00" } };
const pools = { domain: "foobar.com", pools: [web, app], database: { mode: "managed", managed } };

const told = (more: Props): Props => ({ monitoring: { notifications: { ...notifications, ...more } } });
const watched = (more: Props): Props => ({ monitoring: { notifications, ...more } });
const cluster = (more: Props): Props => ({ database: { mode: "managed", managed: { ...managed, ...more } } });

export const bases: Readonly<Record<string, Base>> = {
  uniform: {
    settings: uniform,
    changes: {
      nothing: {},
      host: { host: "shop" },
      domain: { domain: "example.org" },
      region: { region: "fra1" },
      "network range": { network: { ipRange: "10.40.0.0/20" } },
      "to staging": { environment: "staging" },
      "one server more": { pools: [{ ...server, count: 3 }] },
      "one server less": { pools: [{ ...server, count: 1 }] },
      "a larger size": { pools: [{ ...server, size: "s-4vcpu-8gb" }] },
      "a snapshot as image": { pools: [{ ...server, image: "123456789" }] },
      "weekly backups": { pools: [{ ...server, backups: "weekly" }] },
      "another pool name": { pools: [{ ...server, name: "node" }] },
      "the database apart": {
        pools: [
          { ...server, roles: ["web", "app"] },
          { ...server, name: "db", roles: ["db"] },
        ],
      },
      "database cluster": {
        pools: [{ ...server, count: 3 }],
        database: { mode: "cluster", previousMode: "primary-replica" },
      },
      "database cluster, without a dump": {
        pools: [{ ...server, count: 3 }],
        database: { mode: "cluster" },
      },
      "managed database": {
        pools: [{ ...server, roles: ["web", "app"] }],
        database: { mode: "managed", previousMode: "primary-replica" },
      },
      "managed database, without a dump": {
        pools: [{ ...server, roles: ["web", "app"] }],
        database: { mode: "managed" },
      },
      "database name": { database: { ...database, name: "shop" } },
      "next passwords": { database: { ...database, passwordGeneration: 2 } },
      "larger volumes": { database: { ...database, volumeGib: 20 } },
      passthrough: { tls: { certificate: "internal", backend: "passthrough" } },
      "lets-encrypt": { tls: { certificate: "lets-encrypt" } },
      "balancer units": { loadBalancer: { units: 3 } },
      "balancer health path": { loadBalancer: { healthPath: "/alive" } },
      "application health path": { app: { healthPath: "/alive" } },
      "application port": { app: { port: 9443 } },
      "application environment": { app: { environment: { GREETING: "hello" } } },
      "application release": { app: { release } },
      "admins by SSH": { access: { sshKeys: [sshKey], adminCidrs: ["203.0.113.0/24"] } },
      "time to live": { dns: { ttl: 600 } },
      "zone hosted elsewhere": { dns: { zone: "none" } },
      budget: { cost: { budgetUsd: 500 } },
      "nobody told": { monitoring: { notifications: {} } },
      "another address": { monitoring: { notifications: { email: ["sre@example.com"] } } },
      slack: told({ slack: { url: "https://hooks.slack.com/services/T/B/x" } }),
      pagerduty: told({ pagerduty: { integrationKey: "0123456789abcdef0123456789abcdef" } }),
      webhook: told({ webhook: { url: "https://example.com/alerts" } }),
      "CPU threshold": watched({ thresholds: { cpuPercent: { warning: 70 } } }),
      "latency threshold": watched({ thresholds: { latencyMs: { critical: 3000 } } }),
      capacity: watched({ capacityQps: 500 }),
      "no fields": watched({ fields: "none" }),
      "no extraction rules": watched({ extractionRules: "none" }),
      "no dashboards": watched({ folder: "none" }),
      "another folder": watched({ folder: "existing", folderId: "00000000000ABCDE" }),
    },
  },
  pools: {
    settings: pools,
    changes: {
      "one web server more": { pools: [{ ...web, count: 3 }, app] },
      "roles together": { pools: [{ ...web, name: "both", roles: ["web", "app"] }] },
      "database size": cluster({ size: "db-s-2vcpu-4gb" }),
      standby: cluster({ nodes: 2 }),
      storage: cluster({ storageGib: 60 }),
      maintenance: cluster({ maintenance: { day: "monday", hour: "04:00:00" } }),
      "database region": { region: "fra1" },
      "database network": { network: { ipRange: "10.40.0.0/20" } },
      "name of the managed database": { database: { mode: "managed", managed, name: "shop" } },
      "next passwords of the managed database": {
        database: { mode: "managed", managed, passwordGeneration: 2 },
      },
      "own database": {
        pools: [web, app, { name: "db", count: 2, roles: ["db"], size: "s-2vcpu-2gb" }],
        database: { ...database, previousMode: "managed" },
      },
      "the internal authority's certificate": { tls: { certificate: "internal" } },
    },
  },
};
