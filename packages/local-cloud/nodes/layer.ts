import { createHash } from "node:crypto";
import { basename } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { cached } from "./base-tree";
import type { Enclosure } from "./enclosure";
import { mountOverlay, overlayIn } from "./overlay";

const cloudConfig = z.object({ packages: z.array(z.string()).default([]) });

/** The packages that a user-data asks for by itself. */
export function packagesOf(userData: string): string[] {
  if (!userData.startsWith("#cloud-config")) return [];
  const config = cloudConfig.safeParse(parse(userData));
  return config.success ? [...new Set(config.data.packages)].sort() : [];
}

/**
 * A layer over the base tree in which packages are installed already, made once and kept in the cache; the
 * user-data still runs in full and finds them there.
 */
export async function packageLayer(
  enclosure: Enclosure,
  cache: string,
  base: string,
  packages: readonly string[],
  log: (line: string) => void,
): Promise<string> {
  const key = createHash("sha256")
    .update([base, install, ...packages].join("\n"))
    .digest("hex")
    .slice(0, 12);
  const layer = await cached(cache, `${basename(base)}-layer-${key}`, async (directory) => {
    log(`Installing ${packages.length} packages into a layer for servers of this kind (once).`);
    const { root } = await mountOverlay(enclosure, directory, [base]);
    try {
      await enclosure.run(["chroot", root, "sh", "-euc", install, "install", ...packages]);
    } finally {
      await enclosure.run(["umount", root]);
    }
  });
  return overlayIn(layer).upper;
}

/** Services are not started here; they are at the machine's boot. What apt worked out of the lists stays. */
const install = `
printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
mount -t proc proc /proc
trap 'umount /proc' EXIT
export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y -o Dpkg::Options::=--force-unsafe-io install "$@"
rm -f /var/cache/apt/archives/*.deb
apt-get -q check
rm /usr/sbin/policy-rc.d
`;
