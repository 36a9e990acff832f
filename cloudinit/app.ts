import { basename } from "node:path";
import { share } from "./memory";
import type { Part, ServerFile } from "./part";
import { ports } from "./ports";
import { quoted } from "./quoted";
import { sandbox } from "./sandbox";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** Where the application finds the database on its own server, and the local haproxy takes it from there. */
const localDatabasePort = 6033;
/** The same for reads that may be a few seconds old. */
const localReadPort = 6034;

/** The application: the user's release or the built-in sample. */
export function app(spec: ServerSpec): Part {
  const { release, port, environment } = spec.app;
  const program = release ? releaseFiles(release) : sampleFiles();
  return {
    packages: release ? [] : ["python3-aiohttp", "python3-aiomysql"],
    files: [
      ...program,
      ...databaseFiles(spec),
      { path: "/etc/systemd/system/app.service", content: unit(spec) },
      sandbox("app", "own"),
      { path: "/etc/app/environment", content: environmentFile(environment), mode: "0600" },
      { path: "/etc/app/database-password", content: spec.database.password, mode: "0400" },
    ],
    serves: [port],
    calls: spec.database.mode === "managed" ? [spec.database.port] : [ports.mysql, ports.databaseHealth],
    units: ["app.service"],
  };
}

function unit(spec: ServerSpec): string {
  const { release, port } = spec.app;
  const managed = spec.database.mode === "managed" ? spec.database : undefined;
  return template("app/app.service", {
    port,
    label: spec.label,
    site: spec.site,
    requires: release ? "app-release.service" : "",
    folder: release ? "/opt/app/release" : "/opt/app",
    start: release ? "/opt/app/start" : "/usr/bin/python3 /opt/app/main.py",
    databaseHost: managed?.host ?? "127.0.0.1",
    databasePort: managed?.port ?? localDatabasePort,
    readPort: managed?.port ?? localReadPort,
    databaseTlsName: managed?.host ?? `db.${spec.zone}`,
    databaseName: spec.database.name,
    databaseUser: spec.database.user,
    databaseAuthority: managed ? "/etc/tls/database-authority.pem" : "/etc/tls/authority.pem",
    memoryPercent: share(spec, "app"),
  });
}

const sampleFiles = (): ServerFile[] =>
  ["main.py", "database.py", "entries.py", "page.html"].map((name) => ({
    path: `/opt/app/${name}`,
    content: template(`app/sample/${name}`),
  }));

const releaseFiles = ({ url, sha256, start }: NonNullable<ServerSpec["app"]["release"]>): ServerFile[] => [
  { path: "/etc/systemd/system/app-release.service", content: template("app/app-release.service") },
  {
    path: "/usr/local/sbin/app-release",
    content: template("app/app-release.sh", { url: quoted(url), sha256, program: quoted(fileName(url)) }),
    mode: "0700",
  },
  { path: "/opt/app/start", content: `#!/bin/sh\nexec ${start}\n`, mode: "0755" },
];

const fileName = (url: string): string => basename(decodeURIComponent(new URL(url).pathname)) || "program";

function databaseFiles({ database, zone }: ServerSpec): ServerFile[] {
  if (database.mode === "managed")
    return [{ path: "/etc/tls/database-authority.pem", content: database.authority }];
  const balance = database.mode === "cluster" ? "leastconn" : "first";
  const content = template("app/haproxy.cfg", {
    zone,
    mysqlPort: ports.mysql,
    healthPort: ports.databaseHealth,
    balance,
    localPort: localDatabasePort,
    readPort: localReadPort,
  });
  return [{ path: "/etc/haproxy/conf.d/app.cfg", content }];
}

/** As systemd's EnvironmentFile= reads it. */
const environmentFile = (variables: Readonly<Record<string, string>>) =>
  Object.entries(variables)
    .map(([name, value]) => `${name}="${value.replace(/[\\"`$]/g, "\\$&")}"\n`)
    .join("");
