import { itFinds, release } from "./config-support";

const threshold = (cpuPercent: unknown) => ({ monitoring: { thresholds: { cpuPercent } } });

describe("faults of site, application and monitoring", () => {
  itFinds([
    ["an unknown environment", { environment: "prod" }, ["environment", /`production`/, /"development"/]],
    [
      "passthrough with Let's Encrypt",
      { tls: { backend: "passthrough" } },
      ["tls.backend", /never leaves DigitalOcean/, /custom or internal/],
    ],
    [
      "Let's Encrypt without a zone",
      { dns: { zone: "none" } },
      ["dns.zone", /create or existing/, /Host the zone/],
    ],
    [
      "custom without a certificate",
      { tls: { certificate: "custom" } },
      ["tls.custom", /needed/, /--secret/],
    ],
    [
      "a certificate without custom",
      { tls: { custom: { certificate: "x", privateKey: "y" } } },
      ["tls.certificate", /custom where/, /remove tls\.custom/],
    ],
    [
      "a missing key",
      { tls: { certificate: "custom", custom: { certificate: "x" } } },
      ["tls.custom.privateKey", /text/, /config set --secret --path 'web-infra:tls\.custom\.privateKey'/],
    ],
    ["no units", { loadBalancer: { units: 0 } }, ["loadBalancer.units", /1 to 100/, /default, 2/]],
    [
      "a health path with a line break",
      { loadBalancer: { healthPath: "/x\ny" } },
      ["loadBalancer.healthPath", /starts with \//, /or leave it out\./],
    ],
    [
      "a bad SHA-256",
      { app: { release: { ...release, sha256: "abc" } } },
      ["app.release.sha256", /64 hexadecimal/, /for example/],
    ],
    [
      "a release over http",
      { app: { release: { ...release, url: "http://example.com/a" } } },
      ["app.release.url", /https/, /https:/],
    ],
    ["a port below 1024", { app: { port: 443 } }, ["app.port", /1024 to 65535/, /8443/]],
    ["the database's port", { app: { port: 3306 } }, ["app.port", /for the database/, /8443/]],
    [
      "a variable of the program",
      { app: { environment: { PORT: "1", DATABASE_URL: "x" } } },
      ["app.environment.PORT", /does not set itself/, /another name/],
      ["app.environment.DATABASE_URL", /itself/, /another/],
    ],
    [
      "a bad variable name",
      { app: { environment: { "a-b": "x" } } },
      ["app.environment.a-b", /capital letters/, /Rename it/],
    ],
    [
      "a variable of two lines",
      { app: { environment: { A: "x\ny" } } },
      ["app.environment.A", /one line/, /change its value/],
    ],
    [
      "a warning above critical",
      threshold({ warning: 96 }),
      ["monitoring.thresholds.cpuPercent.warning", /less than critical, 95/, /Lower/],
    ],
    [
      "a warning equal to critical",
      threshold({ warning: 50, critical: 50 }),
      ["monitoring.thresholds.cpuPercent.warning", /less than/, /Lower/],
    ],
    [
      "more than all",
      threshold({ critical: 101 }),
      ["monitoring.thresholds.cpuPercent.critical", /at most 100/, /95/],
    ],
    [
      "an existing folder without id",
      { monitoring: { folder: "existing" } },
      ["monitoring.folderId", /needed/, /folder's id/],
    ],
    [
      "a folder id for nothing",
      { monitoring: { folderId: "0".repeat(16) } },
      ["monitoring.folderId", /nothing with/, /existing/],
    ],
    [
      "a parent for nothing",
      { monitoring: { folder: "none", parentFolderId: "0".repeat(16) } },
      ["monitoring.parentFolderId", /nothing with/, /create/],
    ],
    [
      "a webhook over http",
      { monitoring: { notifications: { webhook: { url: "http://x" } } } },
      ["monitoring.notifications.webhook.url", /https/, /again/],
    ],
    [
      "no e-mail address",
      { monitoring: { notifications: { email: ["ops"] } } },
      ["monitoring.notifications.email[0]", /e-mail/, /ops@example\.com/],
    ],
    ["a budget of nothing", { cost: { budgetUsd: 0 } }, ["cost.budgetUsd", /more than 0/, /leave it/]],
  ]);
});
