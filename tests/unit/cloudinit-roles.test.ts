import { expect } from "chai";
import type { ServerSpec } from "../../cloudinit/server";
import { fileOf, managed, parsed, type Role, selfRun, specOf } from "./cloudinit-support";

const unitsOf = (spec: ServerSpec) => {
  const restart = parsed(spec).runcmd.at(-1);
  return Array.isArray(restart) ? restart.slice(2) : [];
};

const everySet: Role[][] = [
  ["web"],
  ["app"],
  ["db"],
  ["web", "app"],
  ["web", "db"],
  ["app", "db"],
  ["web", "app", "db"],
];

const services: Readonly<Record<Role, string[]>> = {
  web: ["haproxy.service", "nginx.service", "web-drain.service"],
  app: ["haproxy.service", "app.service"],
  db: ["database-volume.service", "mariadb.service", "database-node.service"],
};

const packages: Readonly<Record<Role, string[]>> = {
  web: ["haproxy", "nginx"],
  app: ["haproxy", "python3-aiohttp", "python3-aiomysql"],
  db: ["mariadb-server", "python3-pymysql", "e2fsprogs"],
};

const open: Readonly<Record<Role, number[]>> = { web: [443], app: [8443], db: [3306, 9200] };

/** The ports that the host firewall opens to the VPC. */
const served = (spec: ServerSpec) =>
  /ip saddr 10\.10\.0\.0\/20 tcp dport \{ ([\d, ]+) \} accept/
    .exec(fileOf(spec, "/etc/nftables.conf"))?.[1]
    ?.split(", ")
    .map(Number) ?? [];

describe("user-data by role", () => {
  for (const roles of everySet) {
    describe(roles.join(" + "), () => {
      const spec = specOf({ roles });
      const wanted = <T>(table: Readonly<Record<Role, T[]>>) => [
        ...new Set(roles.flatMap((role) => table[role])),
      ];

      it("runs the services of its roles and of no other", () => {
        const all = Object.values(services).flat();
        expect(unitsOf(spec).filter((unit) => all.includes(unit))).to.have.members(wanted(services));
      });
      it("installs the packages of its roles and of no other, each once", () => {
        const all = Object.values(packages).flat();
        const installed = parsed(spec).packages;
        expect(installed.filter((name) => all.includes(name))).to.have.members(wanted(packages));
        expect(installed).to.have.lengthOf(new Set(installed).size);
      });
      it("opens the ports of its roles to the VPC and no other", () => {
        expect(served(spec)).to.have.members(wanted(open));
      });
    });
  }

  it("opens the ports of Galera for a cluster only", () => {
    const roles: Role[] = ["db"];
    expect(served(specOf({ roles, database: selfRun("cluster") }))).to.have.members([
      3306, 4444, 4567, 4568, 9200,
    ]);
    expect(served(specOf({ roles }))).not.to.include.members([4567]);
  });

  it("reaches a managed database by its own name, verified by its own authority, past any proxy", () => {
    const spec = specOf({ roles: ["app"], database: managed });
    expect(fileOf(spec, "/etc/systemd/system/app.service"))
      .to.include(
        "DATABASE_HOST=private-db.example.com DATABASE_PORT=25060 DATABASE_TLS_NAME=private-db.example.com",
      )
      .and.to.include("DATABASE_AUTHORITY=/etc/tls/database-authority.pem");
    expect(unitsOf(spec)).not.to.include("haproxy.service");
    expect(fileOf(spec, "/etc/nftables.conf")).to.include("ip daddr 10.10.0.0/20 tcp dport { 25060 } accept");
  });

  it("has no place for the role db beside a managed database", () => {
    expect(() => parsed(specOf({ database: managed }))).to.throw("the role db");
  });

  it("lets nobody in by SSH unless there are both keys and ranges", () => {
    const key = "ssh-ed25519 AAAA admin";
    const half = [
      { sshKeys: [], adminCidrs: [] },
      { sshKeys: [key], adminCidrs: [] },
      { sshKeys: [], adminCidrs: ["192.0.2.0/24"] },
    ];
    for (const access of half) {
      const spec = specOf({ access });
      expect(fileOf(spec, "/etc/nftables.conf")).not.to.include("dport 22 ");
      expect(unitsOf(spec)).not.to.include("ssh.service");
      expect(parsed(spec).runcmd).to.deep.include([
        "systemctl",
        "disable",
        "--quiet",
        "--now",
        "ssh.service",
      ]);
    }
    const spec = specOf({ access: { sshKeys: [key], adminCidrs: ["192.0.2.0/24", "2001:db8::/32"] } });
    expect(fileOf(spec, "/etc/nftables.conf"))
      .to.include("ip saddr 192.0.2.0/24 tcp dport 22 accept")
      .and.to.include("ip6 saddr 2001:db8::/32 tcp dport 22 accept");
    expect(unitsOf(spec)).to.include("ssh.service");
    expect(parsed(spec).users).to.have.lengthOf(1);
    expect(parsed(spec).users[0]).to.deep.include({ name: "admin", ssh_authorized_keys: [key] });
  });

  it("ends the visitors' TLS with the site's own certificate and the PROXY protocol in passthrough only", () => {
    const { tls } = specOf();
    const passthrough = specOf({
      tls: { ...tls, passthrough: { certificate: "site", privateKey: "site-key" } },
    });
    expect(fileOf(passthrough, "/etc/nginx/nginx.conf"))
      .to.include("listen 443 ssl http2 proxy_protocol")
      .and.to.include("real_ip_header proxy_protocol;")
      .and.to.include("ssl_certificate /etc/tls/site/certificate.pem;");
    expect(fileOf(specOf(), "/etc/nginx/nginx.conf"))
      .to.include("real_ip_header X-Forwarded-For;")
      .and.to.include("ssl_certificate /etc/tls/certificate.pem;")
      .and.not.to.include("proxy_protocol");
  });

  it("drains on any path that the balancer checks, and asks the servers behind on the application's", () => {
    const spec = specOf({ app: { ...specOf().app, healthPath: "/ready" } });
    expect(fileOf(spec, "/etc/nginx/nginx.conf")).not.to.include("/ready");
    expect(fileOf(spec, "/etc/haproxy/conf.d/web.cfg")).to.include("uri /ready ");
  });

  it("has an agent only where there is something to send to", () => {
    expect(unitsOf(specOf())).not.to.include("agent-install.service");
    const spec = specOf({
      sources: { metrics: "https://collectors.example.com/a", system: "https://x.example.com/b" },
    });
    expect(unitsOf(spec)).to.include("agent-install.service");
    const { exporters, service } = JSON.parse(fileOf(spec, "/etc/agent/config.yaml"));
    expect(Object.keys(exporters)).to.have.members(["otlp_http/metrics", "otlp_http/system"]);
    expect(Object.keys(service.pipelines)).to.have.members(["metrics/metrics", "logs/system"]);
    expect(fileOf(spec, "/etc/nftables.conf")).to.include("tcp dport { 80, 443 } accept");
  });
});
