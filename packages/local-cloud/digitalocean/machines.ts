import type { DatabaseEndpoint, DropletBody, World } from "../core/backend";
import { showBalancer } from "./balancers";
import type { Cloud } from "./cloud";
import { showDatabase } from "./database";
import { type Droplet, showDroplet, volumesOf } from "./droplet";

export type PowerAction = "power_on" | "power_off" | "shutdown" | "reboot" | "power_cycle";

/** What the backend's world is made of. */
const bodily = new Set(
  [
    "droplets",
    "firewalls",
    "balancers",
    "vpcs",
    "volumes",
    "databases",
    "certificates",
    "domains",
    "records",
  ].map((name) => `digitalocean/${name}`),
);

/** The way from the account's objects to the backend that gives them a body, if there is one. */
export class Machines {
  private changed = false;
  private reconciling = false;

  constructor(private readonly cloud: Cloud) {}

  private get backend() {
    return this.cloud.core.options.backend;
  }

  /** Lets the backend follow every change; machines of a state that was loaded from file are made again. */
  follow(): void {
    const { backend } = this;
    if (!backend) return;
    this.cloud.core.store.onChange(({ collection }) => {
      if (bodily.has(collection)) this.reconcileSoon();
    });
    for (const droplet of this.cloud.droplets.list()) {
      if (droplet.status === "new") continue;
      backend
        .createDroplet(this.body(droplet))
        .catch((error: unknown) => console.error(`${droplet.name}:`, error));
    }
    for (const database of this.cloud.databases.list()) {
      if (database.status === "creating") continue;
      backend
        .createDatabase(showDatabase(this.cloud, database))
        .then((endpoint) => this.cloud.databases.patch(database.id, { endpoint }))
        .catch((error: unknown) => console.error(`${database.name}:`, error));
    }
    this.reconcileSoon();
  }

  /** Deletes every machine, before the account is emptied. */
  clear(): void {
    for (const { id, name } of this.cloud.droplets.list()) {
      this.deleteDroplet(id)?.catch((error: unknown) => console.error(`${name}:`, error));
    }
    for (const { id } of this.cloud.databases.list()) this.deleteDatabase(id);
  }

  createDroplet(droplet: Droplet): Promise<void> | undefined {
    return this.backend?.createDroplet(this.body(droplet));
  }

  deleteDroplet(id: number): Promise<void> | undefined {
    return this.backend?.deleteDroplet(id);
  }

  power(id: number, action: PowerAction): Promise<void> | undefined {
    return this.backend?.power(id, action);
  }

  createDatabase(database: object): Promise<DatabaseEndpoint> | undefined {
    return this.backend?.createDatabase({ ...database });
  }

  deleteDatabase(id: string): void {
    this.backend?.deleteDatabase(id).catch((error: unknown) => console.error(`database ${id}:`, error));
  }

  /** Whether a balancer deems each of its droplets fit; without a backend an active droplet is. */
  async health(balancerId: string, dropletIds: readonly number[]): Promise<ReadonlyMap<number, boolean>> {
    if (this.backend) return this.backend.health(balancerId);
    return new Map(dropletIds.map((id) => [id, this.cloud.droplets.get(String(id))?.status === "active"]));
  }

  /** Where a balancer's port is served on this machine; null where it isn't. */
  balancerAddress(balancerId: string, entryPort: number): { host: string; port: number } | null {
    return this.backend?.balancerAddress(balancerId, entryPort) ?? null;
  }

  private reconcileSoon(): void {
    this.changed = true;
    if (this.reconciling) return;
    this.reconciling = true;
    setImmediate(() => void this.reconcile());
  }

  private async reconcile(): Promise<void> {
    while (this.changed) {
      this.changed = false;
      await this.backend
        ?.reconcile(this.world())
        .catch((error: unknown) => console.error("reconcile:", error));
    }
    this.reconciling = false;
  }

  private world(): World {
    const { cloud } = this;
    const records = cloud.records.list();
    return {
      droplets: cloud.droplets.list().map((droplet) => showDroplet(cloud, droplet)),
      firewalls: cloud.firewalls.list().map((firewall) => ({ ...firewall })),
      balancers: cloud.balancers.list().map((balancer) => showBalancer(cloud, balancer)),
      vpcs: cloud.vpcs.list().map((vpc) => ({ ...vpc })),
      volumes: cloud.volumes.list().map((volume) => ({ ...volume })),
      databases: cloud.databases.list().map((database) => showDatabase(cloud, database)),
      certificates: cloud.certificates.list().map((certificate) => ({ ...certificate })),
      zones: Object.fromEntries(
        cloud.domains
          .list()
          .map(({ name }) => [
            name,
            records.filter((record) => record.domain === name).map((record) => ({ ...record })),
          ]),
      ),
    };
  }

  private body(droplet: Droplet): DropletBody {
    return {
      id: droplet.id,
      name: droplet.name,
      region: droplet.region,
      size: droplet.size,
      image: droplet.image.slug ?? String(droplet.image.id),
      userData: droplet.user_data,
      publicIp: droplet.public_ip ?? "",
      privateIp: droplet.private_ip,
      vpcUuid: droplet.vpc_uuid,
      tags: droplet.tags,
      volumeIds: volumesOf(this.cloud, droplet.id),
      sshKeys: droplet.ssh_keys
        .map((id) => this.cloud.keys.get(String(id))?.public_key ?? "")
        .filter(Boolean),
    };
  }
}

/** Does what comes next when the work is done: at once where there is none, so that `instant` is instant. */
export function whenDone<T>(
  work: Promise<T> | undefined,
  next: (result?: T) => unknown,
): Promise<void> | undefined {
  if (work) return work.then((result) => void next(result));
  next();
  return undefined;
}
