import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { resolvers } from "./addresses";
import type { Enclosure } from "./enclosure";
import { withLock } from "./lock";
import { keyring } from "./requirements";

/** What a Debian 12 droplet has from the start, as far as a server's life in a container needs it. */
const packages = [
  ...[
    "systemd",
    "systemd-sysv",
    "libpam-systemd",
    "dbus",
    "cloud-init",
    "openssh-server",
    "ifupdown",
    "iproute2",
  ],
  ...[
    "nftables",
    "netbase",
    "ca-certificates",
    "locales",
    "apt-utils",
    "gnupg",
    "curl",
    "sudo",
    "procps",
    "less",
  ],
  ...["iputils-ping", "e2fsprogs"],
];

const sources = ["bookworm", "bookworm-updates"]
  .map((suite) => `deb http://deb.debian.org/debian ${suite} main`)
  .concat("deb http://security.debian.org/debian-security bookworm-security main");

const locale = "en_US.UTF-8";

const helper = "usr/lib/python3/dist-packages/cloudinit/sources/helpers/digitalocean.py";

/** A droplet is known by its SMBIOS and its physical interface; in a container cloud-init sees neither. */
const helperChanges: readonly (readonly [string, string])[] = [
  ['dmi.read_dmi_data("system-manufacturer")', '"DigitalOcean"'],
  ['dmi.read_dmi_data("system-serial-number")', 'util.load_file("/etc/droplet-id")'],
  ["if distro.networking.is_physical(f)", 'if f.startswith("eth")'],
];

/** In a container systemd passes over the devices of fstab, and so over the volumes. */
const mountDevices = `[Unit]
Description=Mount the devices of fstab
DefaultDependencies=no
After=local-fs-pre.target
Before=local-fs.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=mount --all --types ext4,xfs

[Install]
WantedBy=local-fs.target
`;

const recipe = createHash("sha256")
  .update(JSON.stringify([packages, sources, helperChanges, mountDevices, locale]))
  .digest("hex");

/**
 * The tree every machine is laid over: Debian 12 as a droplet gets it. Made once, kept in the cache.
 * Whoever is interrupted leaves nothing that counts.
 */
export async function baseTree(
  enclosure: Enclosure,
  cache: string,
  log: (line: string) => void,
): Promise<string> {
  return cached(cache, `base-${recipe.slice(0, 12)}`, async (directory) => {
    log("Making the Debian 12 tree of the servers (once; about a minute).");
    const options = [
      "--mode=root",
      "--variant=minbase",
      `--include=${packages.join(",")}`,
      "--dpkgopt=force-unsafe-io",
      `--keyring=${keyring}`, // on Ubuntu apt trusts no other archive than Ubuntu's
    ];
    await enclosure.run(["mmdebstrap", "--quiet", ...options, "bookworm", directory, ...sources]);
    await prepare(directory);
    await enclosure.run(["chroot", directory, "locale-gen"]);
    await enclosure.run(["chroot", directory, "systemctl", "enable", "--quiet", "mount-devices.service"]);
  });
}

/** A directory of the cache; made under another name, and moved there when it is whole. */
export async function cached(
  cache: string,
  name: string,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(cache, name);
  if (existsSync(directory)) return directory;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await withLock(join(cache, `${name}.lock`), async () => {
    if (existsSync(directory)) return;
    const unfinished = `${directory}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o755 });
    await make(unfinished);
    await rename(unfinished, directory);
  });
  return directory;
}

async function prepare(root: string): Promise<void> {
  let text = await readFile(join(root, helper), "utf8");
  for (const [before, after] of helperChanges) {
    if (!text.includes(before))
      throw new Error(`cloud-init's DigitalOcean helper has changed: it lacks \`${before}\`.`);
    text = text.replace(before, after);
  }
  await writeFile(join(root, helper), text);
  await writeFile(
    join(root, "etc/cloud/cloud.cfg.d/90_digitalocean.cfg"),
    "datasource_list: [ DigitalOcean ]\n",
  );
  await writeFile(
    join(root, "etc/resolv.conf"),
    resolvers.map((address) => `nameserver ${address}\n`).join(""),
  );
  await appendFile(join(root, "etc/locale.gen"), `${locale} UTF-8\n`);
  await writeFile(join(root, "etc/default/locale"), `LANG=${locale}\n`);
  await writeFile(join(root, "etc/systemd/system/mount-devices.service"), mountDevices);
  await writeFile(join(root, "etc/machine-id"), "");
  const ssh = join(root, "etc/ssh");
  const hostKeys = (await readdir(ssh)).filter((name) => name.startsWith("ssh_host_"));
  await Promise.all(hostKeys.map((name) => rm(join(ssh, name))));
}
