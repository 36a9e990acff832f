import { mkdir } from "node:fs/promises";
import type { Enclosure } from "./enclosure";
import { mountOverlay } from "./overlay";

/**
 * A layer over the base tree in which an authority is trusted as the public ones are.
 * @param directory where it is kept
 * @param certificate of the authority, PEM
 */
export async function trustLayer(
  enclosure: Enclosure,
  directory: string,
  base: string,
  certificate: string,
): Promise<string> {
  await mkdir(directory);
  const { root, upper } = await mountOverlay(enclosure, directory, [base]);
  await enclosure.run(["chroot", root, "sh", "-euc", install], certificate);
  await enclosure.run(["umount", root]);
  return upper;
}

const install = `
cat >/usr/local/share/ca-certificates/local-cloud-internet.crt
update-ca-certificates --fresh
`;
