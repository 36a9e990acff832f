import { join } from "node:path";
import { Balancers } from "./balancers";
import { Databases, databasePort } from "./databases";
import { Droplets, hostName } from "./droplets";
import type { Enclosure } from "./enclosure";
import { policyOf, trustPolicy } from "./firewall";
import { Network } from "./network";
import type { Policy } from "./ruleset";
import { Volumes } from "./volumes";
import type { Objects } from "./world";

/** All that has a body in one run. */
export class Bodies {
  readonly network: Network;
  readonly droplets: Droplets;
  readonly balancers: Balancers;
  readonly databases: Databases;
  private readonly volumes: Volumes;
  private applying: Promise<void> = Promise.resolve();

  constructor(
    enclosure: Enclosure,
    directory: string,
    measuring: readonly string[],
    log: (line: string) => void,
  ) {
    this.network = new Network(enclosure);
    this.volumes = new Volumes(join(directory, "volumes"));
    this.droplets = new Droplets(enclosure, this.network, this.volumes, directory, measuring);
    this.balancers = new Balancers(enclosure, this.network, directory, log);
    this.databases = new Databases(enclosure, this.network, directory);
  }

  /** Brings every body to what the API says; one change after the other. */
  apply(world: Objects): Promise<void> {
    const next = () => this.follow(world);
    this.applying = this.applying.then(next, next);
    return this.applying;
  }

  private async follow(world: Objects): Promise<void> {
    await this.volumes.reconcile(world.volumes);
    await this.droplets.reconcile(world);
    try {
      await this.balancers.reconcile(world, (id) => this.droplets.find(id)?.body.privateIp);
      await this.databases.reconcile(world.databases);
    } finally {
      await this.network.setPolicies(this.policies(world));
    }
  }

  private policies(world: Objects): Map<string, Policy> {
    const bodies = this.droplets.list().map(({ body }) => body);
    const tags = new Map(world.droplets.map((droplet) => [droplet.id, droplet.tags]));
    const directory = {
      droplets: new Map(bodies.map(({ id, publicIp, privateIp }) => [id, [publicIp, privateIp]])),
      tags: new Map(bodies.map((body) => [body.id, tags.get(body.id) ?? body.tags])),
      balancers: this.balancers.addresses(),
    };
    const policies = new Map<string, Policy>();
    for (const { id } of bodies) {
      const policy = policyOf(id, world.firewalls, directory);
      if (policy) policies.set(hostName(id), policy);
    }
    for (const [id, host] of this.databases.hosts()) {
      const rules = world.databases.find((database) => database.id === id)?.rules ?? [];
      policies.set(host, trustPolicy(rules, databasePort, directory));
    }
    return policies;
  }
}
