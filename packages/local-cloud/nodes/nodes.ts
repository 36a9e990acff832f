import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ApiObject, Backend, DatabaseEndpoint, DropletBody, World } from "../core/backend";
import { mirrorAddress, nameServers, networkOf } from "./addresses";
import { Balancers } from "./balancers";
import { baseTree } from "./base-tree";
import { Databases, databasePackages, databasePort } from "./databases";
import { Droplets, hostName } from "./droplets";
import { Enclosure } from "./enclosure";
import { policyOf, trustPolicy } from "./firewall";
import { packageLayer, packagesOf } from "./layer";
import { metadata, metadataService } from "./metadata";
import { Mirror, mirrorNames } from "./mirror";
import { Network } from "./network";
import { requireNodes } from "./requirements";
import type { Policy } from "./ruleset";
import { cleanUp, defaultStateDir, makeRunDirectory, removeRun } from "./run-directory";
import { serve } from "./services";
import { Volumes } from "./volumes";
import { type Objects, readDatabase, readWorld } from "./world";

export interface NodesOptions {
  /** Where Debian's packages and the trees made of them are kept. Default: `local-cloud` in the user's cache. */
  readonly cacheDir?: string;
  /** Where the machines' disks are while they live. Default: `/var/lib/local-cloud`. */
  readonly stateDir?: string;
  /** Whether the user-data installs every package itself, as in the cloud. Default: from the cache. */
  readonly fresh?: boolean;
  /** Told what takes long. Default: nobody. */
  readonly log?: (line: string) => void;
}

const defaultCacheDir = () => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "local-cloud");
const image = "debian-12-x64";

/**
 * Gives droplets, balancers, firewalls, volumes, zones and databases a body on this machine.
 * @throws when this machine can't; see canRunNodes.
 */
export async function createNodes(options: NodesOptions = {}): Promise<Nodes> {
  requireNodes();
  const stateDir = options.stateDir ?? defaultStateDir;
  await cleanUp(stateDir);
  const directory = await makeRunDirectory(stateDir);
  try {
    const enclosure = await Enclosure.open(directory);
    const nodes = new Nodes(enclosure, directory, options);
    await nodes.open();
    return nodes;
  } catch (error) {
    await removeRun(directory);
    throw error;
  }
}

/** The backend that runs real machines, with what drills and people do to them beside the API. */
export class Nodes implements Backend {
  private readonly network: Network;
  private readonly volumes: Volumes;
  private readonly droplets: Droplets;
  private readonly balancers: Balancers;
  private readonly databases: Databases;
  private readonly log: (line: string) => void;
  private world?: Objects;
  private readonly awaiting = new Set<() => void>();
  private base: Promise<string> = Promise.reject(new Error("not open"));
  private endServices = () => {};
  private applying: Promise<void> = Promise.resolve();

  constructor(
    private readonly enclosure: Enclosure,
    private readonly directory: string,
    private readonly options: NodesOptions,
  ) {
    this.base.catch(() => {});
    this.log = options.log ?? (() => {});
    this.network = new Network(enclosure);
    this.volumes = new Volumes(join(directory, "volumes"));
    this.droplets = new Droplets(enclosure, this.network, this.volumes, directory);
    this.balancers = new Balancers(enclosure, this.network, directory, this.log);
    this.databases = new Databases(enclosure, this.network, directory);
  }

  /** Brings up the network and its services, and the tree of the machines. */
  async open(): Promise<void> {
    await this.network.open();
    const mirror = new Mirror(join(this.cache, "mirror"));
    const fixed = { ...nameServers, ...Object.fromEntries(mirrorNames.map((name) => [name, mirrorAddress])) };
    this.endServices = await serve(this.enclosure, {
      metadata: metadataService((address) => this.metadataOf(address)),
      mirror: mirror.handle,
      names: (resolver) => ({
        zones: this.world?.zones ?? {},
        resolver,
        fixed: { ...fixed, ...this.databases.names() },
      }),
    });
    await mkdir(this.cache, { recursive: true, mode: 0o700 });
    this.base = baseTree(this.enclosure, this.cache, this.log);
    await this.base;
  }

  async createDroplet(body: DropletBody): Promise<void> {
    if (body.image !== image)
      throw new Error(`${body.name}: image ${body.image} can't run here, only ${image} can.`);
    if (!body.publicIp) throw new Error(`${body.name}: a droplet without public networking can't run here.`);
    const [lower, range] = await Promise.all([this.trees(body.userData), this.rangeOf(body.vpcUuid)]);
    try {
      const { machine } = await this.droplets.add(body, range, lower);
      await this.applyWorld();
      await machine.start();
    } catch (error) {
      await this.droplets.remove(body.id).catch(() => {}); // the first fault is the one to tell
      throw error;
    }
  }

  async deleteDroplet(id: number): Promise<void> {
    await this.droplets.remove(id);
  }

  async power(id: number, action: Parameters<Backend["power"]>[1]): Promise<void> {
    const { machine } = this.droplets.get(id);
    if (action === "shutdown" || action === "reboot") await machine.shutdown();
    if (action === "power_off" || action === "power_cycle") await machine.kill();
    if (action !== "shutdown" && action !== "power_off") await machine.start();
  }

  async reconcile(world: World): Promise<void> {
    this.world = readWorld(world);
    for (const wake of this.awaiting) wake();
    await this.applyWorld();
  }

  health(balancerId: string): Promise<ReadonlyMap<number, boolean>> {
    return this.balancers.health(balancerId);
  }

  balancerAddress(balancerId: string, entryPort: number): { host: string; port: number } | null {
    return this.balancers.address(balancerId, entryPort);
  }

  async createDatabase(cluster: ApiObject): Promise<DatabaseEndpoint> {
    const database = readDatabase(cluster);
    const base = await this.base;
    const layer = await packageLayer(this.enclosure, this.cache, base, databasePackages, this.log);
    const vpcRange = await this.rangeOf(database.private_network_uuid);
    const endpoint = await this.databases.create(database, { vpcRange, lower: [layer, base] });
    await this.applyWorld();
    return endpoint;
  }

  async deleteDatabase(id: string): Promise<void> {
    await this.databases.delete(id);
  }

  async close(): Promise<void> {
    this.endServices();
    this.databases.close();
    await Promise.allSettled(this.droplets.list().map(({ machine }) => machine.kill()));
    await this.enclosure.close();
    await removeRun(this.directory);
  }

  /** Runs a program in a node, as root. @returns what it wrote. @throws when the node is not there, or it fails. */
  run(node: string, argv: readonly string[], input?: string): Promise<string> {
    return this.droplets.named(node).machine.run(argv, input);
  }

  /** File of a node's console. */
  console(node: string): string {
    return this.droplets.named(node).machine.console;
  }

  /** Pulls a node's plug. */
  kill(node: string): Promise<void> {
    return this.droplets.named(node).machine.kill();
  }

  /** Starts a node that was killed. */
  start(node: string): Promise<void> {
    return this.droplets.named(node).machine.start();
  }

  /** Pulls a node's network cables; or, with false, puts them back. */
  cut(node: string, cut = true): Promise<void> {
    return this.network.setCut(hostName(this.droplets.named(node).body.id), cut);
  }

  private get cache(): string {
    return this.options.cacheDir ?? defaultCacheDir();
  }

  private async trees(userData: string): Promise<string[]> {
    const base = await this.base;
    const packages = packagesOf(userData);
    if (this.options.fresh || packages.length === 0) return [base];
    return [await packageLayer(this.enclosure, this.cache, base, packages, this.log), base];
  }

  /** The droplet may be asked for before the change that made its VPC has arrived. */
  private async rangeOf(vpc: string): Promise<string> {
    for (;;) {
      const range = this.world?.vpcs.find(({ id }) => id === vpc)?.ip_range;
      if (range !== undefined) return range;
      await new Promise<void>((resolve) => this.awaiting.add(resolve));
      this.awaiting.clear();
    }
  }

  /** Brings every body to what the API says; one change after the other. */
  private applyWorld(): Promise<void> {
    const apply = () => this.apply();
    this.applying = this.applying.then(apply, apply);
    return this.applying;
  }

  private async apply(): Promise<void> {
    const { world } = this;
    if (!world) return;
    const bodies = this.droplets.list().map(({ body }) => body);
    await this.volumes.reconcile(world.volumes);
    await this.droplets.reconcile(world);
    await this.balancers.reconcile(world, (id) => bodies.find((body) => body.id === id)?.privateIp);
    await this.databases.reconcile(world.databases);
    const tags = new Map(world.droplets.map((droplet) => [droplet.id, droplet.tags]));
    const directory = {
      droplets: new Map(bodies.map(({ id, publicIp, privateIp }) => [id, [publicIp, privateIp]])),
      tags: new Map(bodies.map(({ id, tags: first }) => [id, tags.get(id) ?? first])),
      balancers: this.balancers.addresses(),
    };
    const policies = bodies.flatMap(({ id }): [string, Policy][] => {
      const policy = policyOf(id, world.firewalls, directory);
      return policy ? [[hostName(id), policy]] : [];
    });
    for (const [id, host] of this.databases.hosts()) {
      const rules = world.databases.find((database) => database.id === id)?.rules ?? [];
      policies.push([host, trustPolicy(rules, databasePort, directory)]);
    }
    await this.network.setPolicies(new Map(policies));
  }

  private async metadataOf(address: string) {
    const name = await this.network.hostAt(address);
    const droplet = this.droplets.list().find(({ body }) => hostName(body.id) === name);
    return droplet && metadata(droplet.body, networkOf(await this.rangeOf(droplet.body.vpcUuid)));
  }
}
