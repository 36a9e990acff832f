import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { platform } from "node:os";
import { delimiter, join } from "node:path";
import { environment } from "./exec";
import { installPackages } from "./packages";

/** Program → the Debian or Ubuntu package that has it. */
const programs: Readonly<Record<string, string>> = {
  "systemd-nspawn": "systemd-container",
  mmdebstrap: "mmdebstrap",
  ip: "iproute2",
  nft: "nftables",
  haproxy: "haproxy",
  tcpdump: "tcpdump",
  losetup: "mount",
  nsenter: "util-linux",
  "mkfs.ext4": "e2fsprogs",
};

/** What Debian's archives are verified by. */
export const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Whether droplets can be real machines here, and otherwise what is missing, in words. */
export function canRunNodes():
  | { readonly ok: true }
  | { readonly ok: false; readonly missing: readonly string[] } {
  const missing = [...unmendable(), ...packagesNeeded().map((name) => `the package ${name}`), ...outdated()];
  return missing.length === 0 ? { ok: true } : { ok: false, missing };
}

/**
 * Installs what canRunNodes misses, where that is packages only and this is Debian or Ubuntu; says so through
 * `log`. Installed services are not started.
 */
export async function installNeeded(log: (line: string) => void): Promise<void> {
  const packages = packagesNeeded();
  if (packages.length === 0 || unmendable().length > 0 || !existsSync("/usr/bin/apt-get")) return;
  log(`Installing what the servers need on this machine: ${packages.join(", ")}.`);
  await installPackages(packages);
}

/** @throws when machines can't run here. */
export function requireNodes(): void {
  const can = canRunNodes();
  if (!can.ok) throw new Error(`Servers can't run as machines here; missing: ${can.missing.join(", ")}.`);
}

function unmendable(): string[] {
  if (platform() !== "linux") return ["Linux"];
  return [
    ...(process.getuid?.() === 0 ? [] : ["root"]),
    ...(hasOverlay() ? [] : ["overlayfs in the kernel"]),
    ...(existsSync("/dev/loop-control") ? [] : ["loop devices"]),
  ];
}

/** Where overlayfs is a module, nobody may have asked for it yet. */
function hasOverlay(): boolean {
  const isListed = () => readFileSync("/proc/filesystems", "utf8").includes("\toverlay");
  return isListed() || (spawnSync("modprobe", ["overlay"], { env: environment }).status === 0 && isListed());
}

/** nspawn can leave out fsync since version 250. */
function outdated(): string[] {
  const { stdout } = spawnSync("systemd-nspawn", ["--version"], { env: environment, encoding: "utf8" });
  const version = /^systemd (\d+)/.exec(stdout ?? "")?.[1];
  return version === undefined || Number(version) >= 250 ? [] : [`systemd 250 (this is ${version})`];
}

function packagesNeeded(): string[] {
  const folders = environment.PATH.split(delimiter);
  const absent = Object.keys(programs).filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  const names = absent.map((name) => programs[name] ?? name);
  return existsSync(keyring) ? names : [...names, "debian-archive-keyring"];
}
