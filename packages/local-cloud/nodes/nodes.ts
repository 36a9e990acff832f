import type { RequestListener } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ApiObject, Backend, DatabaseEndpoint, DropletBody, World } from "../core/backend";
import { mirrorAddress, nameServers, networkOf } from "./addresses";
import { baseTree } from "./base-tree";
import { Bodies } from "./bodies";
import { databasePackages } from "./databases";
import { hostName } from "./droplets";
import { Enclosure } from "./enclosure";
import { Internet } from "./internet";
import { packageLayer, packagesOf } from "./layer";
import { type Metadata, metadata, metadataService } from "./metadata";
import { Mirror, mirrorNames } from "./mirror";
import { requireNodes } from "./requirements";
import { cleanUp, defaultStateDir, makeRunDirectory, removeRun } from "./run-directory";
import { enter } from "./running";
import { serve } from "./services";
import { trustLayer } from "./trust";
import { type Visitor, visit } from "./visitors";
import { type Objects, readDatabase, readWorld } from "./world";

export interface NodesOptions {
  /** Where Debian's packages and the trees made of them are kept. Default: `local-cloud` in the user's cache. */
  readonly cacheDir?: string;
  /** Where the machines' disks are while they live. Default: `/var/lib/local-cloud`. */
  readonly stateDir?: string;
  /** Whether the user-data installs every package itself, as in the cloud. Default: they are there already. */
  readonly fresh?: boolean;
  /**
   * Services that measure the processors: in a sandbox systemd gives a service a /proc of its own, where it would see
   * this machine's. Default: none.
   */
  readonly measuring?: readonly string[];
  /** Told what takes long. Default: nobody. */
  readonly log?: (line: string) => void;
  /** Gives the preparation up, which the first time takes minutes; afterwards `close` ends everything. */
  readonly signal?: AbortSignal;
}

/**
 * Gives droplets, balancers, firewalls, volumes, zones and databases a body on this machine.
 * @throws when this machine can't; see canRunNodes.
 */
export async function createNodes(options: NodesOptions = {}): Promise<Nodes> {
  requireNodes();
  const stateDir = options.stateDir ?? defaultStateDir;
  await cleanUp(stateDir);
  const directory = await makeRunDirectory(stateDir);
  const nodes = await Enclosure.open(directory).then(
    (enclosure) => new Nodes(enclosure, directory, options),
    async (error) => {
      await removeRun(directory);
      throw error;
    },
  );
  const giveUp = () => nodes.close();
  const { signal } = options;
  signal?.addEventListener("abort", giveUp);
  try {
    await nodes.open();
    signal?.throwIfAborted();
    return nodes;
  } catch (error) {
    await nodes.close();
    throw signal?.aborted ? new Error("Stopped before servers could run; nothing is left behind.") : error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

const image = "debian-12-x64";

/** The backend that runs real machines, with what drills and people do to them beside the API. */
export class Nodes implements Backend {
  private readonly cache: string;
  private readonly log: (line: string) => void;
  private readonly bodies: Bodies;
  private world?: Objects;
  private waking: (() => void)[] = [];
  private base = "";
  private trust = "";
  private readonly internet: Internet;
  private endServices = () => {};

  /** @internal use createNodes. */
  constructor(
    private readonly enclosure: Enclosure,
    private readonly directory: string,
    private readonly options: NodesOptions,
  ) {
    const userCache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
    this.cache = options.cacheDir ?? join(userCache, "local-cloud");
    this.log = options.log ?? (() => {});
    this.bodies = new Bodies(enclosure, directory, options.measuring ?? [], this.log);
    this.internet = new Internet(enclosure, this.bodies.network);
  }

  /** @internal */
  async open(): Promise<void> {
    await this.bodies.network.open();
    const mirror = new Mirror(join(this.cache, "mirror"));
    const fixed = { ...nameServers, ...Object.fromEntries(mirrorNames.map((name) => [name, mirrorAddress])) };
    this.endServices = await serve(this.enclosure, {
      metadata: metadataService((address) => this.metadataOf(address)),
      mirror: mirror.handle,
      names: (resolver) => ({
        zones: this.world?.zones ?? {},
        resolver,
        fixed: { ...fixed, ...this.bodies.databases.names(), ...this.internet.names() },
      }),
    });
    this.base = await baseTree(this.enclosure, this.cache, this.log);
    const trust = join(this.directory, "trust");
    this.trust = await trustLayer(this.enclosure, trust, this.base, await this.internet.root());
  }

  async createDroplet(body: DropletBody): Promise<void> {
    const { id, name, userData, vpcUuid } = body;
    if (body.image !== image)
      throw new Error(`${name}: the image ${body.image} can't run here, only ${image} can.`);
    if (!body.publicIp) throw new Error(`${name}: a droplet without public networking can't run here.`);
    const packages = this.options.fresh ? [] : packagesOf(userData);
    const [lower, range] = await Promise.all([this.trees(packages), this.rangeOf(vpcUuid)]);
    try {
      const { machine } = await this.bodies.droplets.add(body, range, lower);
      await this.applyWorld();
      await machine.start();
    } catch (error) {
      await this.bodies.droplets.remove(id).catch(() => {}); // the first fault is the one to tell
      throw error;
    }
  }

  deleteDroplet(id: number): Promise<void> {
    return this.bodies.droplets.remove(id);
  }

  async power(id: number, action: Parameters<Backend["power"]>[1]): Promise<void> {
    const { machine } = this.bodies.droplets.get(id);
    if (action === "shutdown" || action === "reboot") await machine.shutdown();
    if (action === "power_off" || action === "power_cycle") await machine.kill();
    if (action !== "shutdown" && action !== "power_off") await machine.start();
  }

  async reconcile(world: World): Promise<void> {
    this.world = readWorld(world);
    for (const wake of this.waking.splice(0)) wake();
    await this.applyWorld();
  }

  health(balancerId: string): Promise<ReadonlyMap<number, boolean>> {
    return this.bodies.balancers.health(balancerId);
  }

  async createDatabase(cluster: ApiObject): Promise<DatabaseEndpoint> {
    const database = readDatabase(cluster);
    const [lower, vpcRange] = await Promise.all([
      this.trees(databasePackages),
      this.rangeOf(database.private_network_uuid),
    ]);
    const endpoint = await this.bodies.databases.create(database, { vpcRange, lower });
    await this.applyWorld();
    return endpoint;
  }

  deleteDatabase(id: string): Promise<void> {
    return this.bodies.databases.delete(id);
  }

  balancerAddress(balancerId: string, entryPort: number): { host: string; port: number } | null {
    return this.bodies.balancers.address(balancerId, entryPort);
  }

  publish(name: string, listener: RequestListener): Promise<void> {
    return this.internet.publish(name, listener);
  }

  async close(): Promise<void> {
    this.endServices();
    this.internet.close();
    this.bodies.databases.close();
    await Promise.allSettled(this.bodies.droplets.list().map(({ machine }) => machine.kill()));
    await this.enclosure.close();
    await removeRun(this.directory);
  }

  /** Names of the nodes. */
  names(): string[] {
    return this.bodies.droplets.list().map(({ body }) => body.name);
  }

  /** Runs a program in a node, as root. @throws when the node is not there, is off, or the program fails. */
  run(node: string, argv: readonly string[], input?: string): Promise<string> {
    return this.bodies.droplets.named(node).machine.run(argv, input);
  }

  /** The command line that runs a program in a node, as root. @throws when the node is not there or is off. */
  command(node: string, argv: readonly string[]): string[] {
    return enter(this.bodies.droplets.named(node).machine.running(), argv);
  }

  /** The command line that runs a program of this machine with a balancer's addresses. */
  balancerCommand(id: string, argv: readonly string[]): string[] {
    return this.bodies.network.command(this.bodies.balancers.host(id), argv);
  }

  /** The command line that runs a program of this machine between the nodes, where every packet passes. */
  networkCommand(argv: readonly string[]): string[] {
    return this.enclosure.command(argv);
  }

  /**
   * Lets somebody onto the network who is no part of the cloud.
   * @param publicIp default: any free one
   * @param vpc id of the VPC it is in; default: none, it is on the internet
   */
  async visitor({ publicIp, vpc }: { publicIp?: string; vpc?: string } = {}): Promise<Visitor> {
    const inside = vpc === undefined ? undefined : { id: vpc, range: await this.rangeOf(vpc) };
    return visit(this.bodies.network, { publicIp, vpc: inside });
  }

  /** Pulls a node's plug: its init is killed, and nothing answers for it. */
  kill(node: string): Promise<void> {
    return this.bodies.droplets.named(node).machine.kill();
  }

  /** Starts a node that is off. */
  start(node: string): Promise<void> {
    return this.bodies.droplets.named(node).machine.start();
  }

  /** Pulls a node's network cables; or, with false, puts them back. */
  cut(node: string, cut = true): Promise<void> {
    return this.bodies.network.setCut(hostName(this.bodies.droplets.named(node).body.id), cut);
  }

  /** Pulls only the cable to a node's VPC, which stays so when the droplet is rebuilt; or, with false, puts it back. */
  isolate(node: string, isolated = true): Promise<void> {
    return this.bodies.network.setApart(hostName(this.bodies.droplets.named(node).body.id), isolated);
  }

  private async trees(packages: readonly string[]): Promise<string[]> {
    if (packages.length === 0) return [this.trust, this.base];
    const layer = await packageLayer(this.enclosure, this.cache, this.base, packages, this.log);
    return [this.trust, layer, this.base];
  }

  /** A body may be asked for before the change that made its VPC has arrived. */
  private async rangeOf(vpc: string): Promise<string> {
    for (;;) {
      const range = this.world?.vpcs.find(({ id }) => id === vpc)?.ip_range;
      if (range !== undefined) return range;
      await new Promise<void>((resolve) => this.waking.push(resolve));
    }
  }

  private async applyWorld(): Promise<void> {
    if (this.world) await this.bodies.apply(this.world);
  }

  private async metadataOf(address: string): Promise<Metadata | undefined> {
    const name = await this.bodies.network.hostAt(address);
    const droplet = this.bodies.droplets.list().find(({ body }) => hostName(body.id) === name);
    return droplet && metadata(droplet.body, networkOf(await this.rangeOf(droplet.body.vpcUuid)));
  }
}
