import { agent } from "./agent";
import { app } from "./app";
import { backups } from "./backups";
import { base, firewallUnit } from "./base";
import { bundle, bundlePath } from "./bundle";
import { db } from "./db";
import { dump } from "./dump";
import { haproxy } from "./haproxy";
import type { Part } from "./part";
import { probes } from "./probes";
import type { ServerSpec } from "./server";
import { web } from "./web";

/** What DigitalOcean takes as user-data, in bytes. */
export const maxUserDataBytes = 64 * 1024;

/**
 * The user-data of a server: cloud-init's, for Debian 12. It is JSON, which is YAML too. The same server has the same
 * user-data on every machine, since any difference replaces it.
 */
export function userData(spec: ServerSpec): string {
  const roles = rolesOf(spec);
  const served = [base(spec, roles), ...roles];
  const isWatched = Object.keys(spec.sources).length > 0;
  const parts = isWatched ? [...served, probes(spec, served)] : served;
  return `#cloud-config\n${JSON.stringify({
    hostname: spec.name,
    manage_etc_hosts: true,
    users: [
      {
        name: "admin",
        groups: "sudo, adm, systemd-journal",
        shell: "/bin/bash",
        sudo: "ALL=(ALL) NOPASSWD:ALL",
        lock_passwd: true,
        ...(spec.access.sshKeys.length > 0 && { ssh_authorized_keys: spec.access.sshKeys }),
      },
    ],
    ssh_genkeytypes: ["ed25519"],
    package_update: true,
    packages: [...new Set(parts.flatMap((part) => part.packages ?? []))],
    write_files: [bundle(parts)],
    runcmd: commands(parts),
  })}\n`;
}

function rolesOf(spec: ServerSpec): Part[] {
  const has = (role: (typeof spec.roles)[number]) => spec.roles.includes(role);
  const proxied = has("web") || (has("app") && spec.database.mode !== "managed");
  return [
    ...(proxied ? [haproxy()] : []),
    ...(has("db") ? [db(spec), backups(spec)] : []),
    ...(has("app") ? [app(spec)] : []),
    dump(spec),
    ...(has("web") ? [web(spec)] : []),
    ...(Object.keys(spec.sources).length > 0 ? [agent(spec)] : []),
  ];
}

/** Once the packages are installed: they bring the folders, and must not find their own files changed. */
const unpack = `
import json, os
for file in json.load(open("${bundlePath}")):
    path = file["path"]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(file["content"])
    os.chmod(path, int(file["permissions"], 8))
os.remove("${bundlePath}")
`;

function commands(parts: readonly Part[]) {
  const units = parts.flatMap((part) => part.units ?? []);
  const unwanted = parts.flatMap((part) => part.unwanted ?? []);
  return [
    "set -e",
    ["python3", "-c", unpack],
    // The packages' own SysV scripts need no care, and it takes ten seconds.
    "export SYSTEMCTL_SKIP_SYSV=1",
    ["systemctl", "daemon-reload"],
    ["systemctl", "restart", "systemd-sysctl.service", "systemd-journald.service"],
    // Before all else, which may fail where a package is missing.
    ["systemctl", "enable", "--quiet", "--now", firewallUnit],
    ...(unwanted.length > 0 ? [["systemctl", "disable", "--quiet", "--now", ...unwanted]] : []),
    ["systemctl", "enable", "--quiet", ...units],
    ["systemctl", "restart", ...units],
  ];
}
