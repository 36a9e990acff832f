import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Enclosure } from "./enclosure";

/** A writable tree over read-only ones. */
export interface Overlay {
  /** Where it is mounted, inside the enclosure. */
  readonly root: string;
  /** Where what is written goes. */
  readonly upper: string;
}

/** The places of an overlay that is kept in a directory. */
export function overlayIn(directory: string): Overlay {
  return { root: join(directory, "root"), upper: join(directory, "upper") };
}

/** Mounts one, the topmost of the lower trees first; what is in its upper tree already stays. */
export async function mountOverlay(
  enclosure: Enclosure,
  directory: string,
  lower: readonly string[],
): Promise<Overlay> {
  const { root, upper } = overlayIn(directory);
  const work = join(directory, "work");
  await Promise.all([root, upper, work].map((each) => mkdir(each, { recursive: true })));
  const layers = `lowerdir=${lower.join(":")},upperdir=${upper},workdir=${work}`;
  await enclosure.run(["mount", "-t", "overlay", "overlay", "-o", layers, root]);
  return { root, upper };
}
