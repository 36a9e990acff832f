import { dirname, join } from "node:path";
import type { DropletBody } from "../core/backend";
import type { Enclosure } from "./enclosure";
import { Machine } from "./machine";
import type { Network } from "./network";
import type { Hardware } from "./nspawn";
import { devicePath, type Volumes } from "./volumes";
import type { Objects } from "./world";

type Size = Pick<Objects["droplets"][number], "memory" | "vcpus">;

/** A droplet with its body. */
export interface Droplet {
  readonly body: DropletBody;
  readonly machine: Machine;
  /** Attached volumes: path in the droplet → block device. */
  readonly devices: Map<string, string>;
}

export const hostName = (id: number): string => `d${id}`;

/** The bodies of the droplets. */
export class Droplets {
  private readonly all = new Map<number, Droplet>();
  private sizes: ReadonlyMap<number, Size> = new Map();

  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
    private readonly volumes: Volumes,
    private readonly directory: string,
    private readonly measuring: readonly string[],
  ) {}

  list(): Droplet[] {
    return [...this.all.values()];
  }

  find(id: number): Droplet | undefined {
    return this.all.get(id);
  }

  /** @throws when it has no body. */
  get(id: number): Droplet {
    const droplet = this.find(id);
    if (!droplet) throw new Error(`Droplet ${id} has no machine.`);
    return droplet;
  }

  /** @throws when no droplet of that name has a body. */
  named(name: string): Droplet {
    const droplet = this.list().find(({ body }) => body.name === name);
    const names = this.list().map(({ body }) => body.name);
    if (!droplet) throw new Error(`There is no node ${name}; there are: ${names.join(", ") || "none"}.`);
    return droplet;
  }

  /** Plugs a droplet in; it does not run yet. */
  async add(body: DropletBody, range: string, lower: readonly string[]): Promise<Droplet> {
    const name = hostName(body.id);
    const devices = new Map<string, string>();
    const hardware = (): Hardware => ({ devices, ...this.sizes.get(body.id) });
    const options = {
      name,
      hostName: body.name,
      dropletId: `${body.id}`,
      directory: join(this.directory, name),
      lower,
      measuring: this.measuring,
    };
    const machine = new Machine(this.enclosure, this.network, options, hardware);
    const droplet = { body, machine, devices };
    this.all.set(body.id, droplet);
    const vpc = { id: body.vpcUuid, range, ip: body.privateIp };
    await this.network.add({ name, publicIp: body.publicIp, vpc, configured: false });
    await machine.create();
    return droplet;
  }

  async remove(id: number): Promise<void> {
    const droplet = this.all.get(id);
    if (!droplet) return;
    await droplet.machine.remove();
    await this.network.remove(hostName(id));
    this.all.delete(id);
  }

  /** Brings sizes and volumes to what the API says; a size counts from the next start. */
  async reconcile(world: Objects): Promise<void> {
    this.sizes = new Map(world.droplets.map((droplet) => [droplet.id, droplet]));
    for (const droplet of this.list()) {
      const wanted = world.volumes.filter((volume) => volume.droplet_ids.includes(droplet.body.id));
      const paths = new Set(wanted.map(({ name }) => devicePath(name)));
      for (const path of droplet.devices.keys()) if (!paths.has(path)) await this.detach(droplet, path);
      for (const volume of wanted)
        await this.attach(droplet, devicePath(volume.name), await this.volumes.device(volume));
    }
  }

  private async attach({ devices, machine }: Droplet, path: string, device: string): Promise<void> {
    if (devices.has(path)) return;
    devices.set(path, device);
    if (machine.init() === undefined) return; // it finds the device when it starts
    const minor = device.replace(/\D/g, "");
    await machine.run(["mkdir", "-p", dirname(path)]);
    await machine.run(["mknod", path, "b", "7", minor]);
  }

  private async detach({ devices, machine }: Droplet, path: string): Promise<void> {
    devices.delete(path);
    if (machine.init() === undefined) return;
    // Given at the start, the device is a mount of its own.
    await machine.run(["sh", "-c", 'umount -q "$1"; rm -f "$1"', "detach", path]);
  }
}
