import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./exec";
import type { VolumeObject } from "./world";

/** Where a droplet finds a volume. */
export const devicePath = (name: string): string => `/dev/disk/by-id/scsi-0DO_Volume_${name}`;

/**
 * The bodies of the volumes: sparse files behind loop devices. A volume keeps its device while it exists, so
 * that two droplets which mount it one after the other see the same data, written back or not.
 */
export class Volumes {
  private readonly made = new Map<string, { readonly device: string; readonly gibibytes: number }>();

  constructor(private readonly directory: string) {}

  /** The block device of a volume, made when it is wanted first. */
  async device(volume: VolumeObject): Promise<string> {
    const { id, size_gigabytes: gibibytes, filesystem_type: type, filesystem_label: label } = volume;
    const existing = this.made.get(id);
    if (existing) return existing.device;
    await mkdir(this.directory, { recursive: true });
    const file = join(this.directory, id);
    await resize(file, gibibytes);
    if (type) await run([`mkfs.${type}`, "-q", ...(label ? ["-L", label] : []), file]);
    const device = (await run(["losetup", "--find", "--show", file])).trim();
    this.made.set(id, { device, gibibytes });
    return device;
  }

  /** Grows what has grown, and removes what is gone. */
  async reconcile(volumes: readonly VolumeObject[]): Promise<void> {
    for (const [id, { device, gibibytes }] of this.made) {
      const volume = volumes.find((each) => each.id === id);
      if (!volume) {
        await this.remove(id, device);
      } else if (volume.size_gigabytes > gibibytes) {
        await resize(join(this.directory, id), volume.size_gigabytes);
        await run(["losetup", "--set-capacity", device]);
        this.made.set(id, { device, gibibytes: volume.size_gigabytes });
      }
    }
  }

  private async remove(id: string, device: string): Promise<void> {
    this.made.delete(id);
    await run(["losetup", "--detach", device]);
    await rm(join(this.directory, id), { force: true });
  }
}

async function resize(file: string, gibibytes: number): Promise<void> {
  const handle = await open(file, "a", 0o600);
  await handle.truncate(gibibytes * 2 ** 30);
  await handle.close();
}
