import type { RequestListener } from "node:http";

/**
 * What gives a droplet, a balancer, a firewall or a zone a body. Without a backend they are rows in the
 * store only; `nodes/` implements it with real machines. The objects are the API's own (snake_case).
 */
export interface Backend {
  /** Resolves once the droplet's machine runs; the droplet becomes `active` only then. */
  createDroplet(droplet: DropletBody): Promise<void>;
  deleteDroplet(id: number): Promise<void>;
  power(id: number, action: "power_on" | "power_off" | "shutdown" | "reboot" | "power_cycle"): Promise<void>;
  /** Called after every answered change with the whole state it needs; calls never overlap and may be coalesced. */
  reconcile(world: World): Promise<void>;
  /** The balancer's own verdict on each droplet it serves, by droplet id. */
  health(balancerId: string): Promise<ReadonlyMap<number, boolean>>;
  /** Makes a database cluster's server and returns its real connection details. */
  createDatabase(cluster: ApiObject): Promise<DatabaseEndpoint>;
  deleteDatabase(id: string): Promise<void>;
  /** Serves HTTPS under a public name, in the internet that the droplets see and with a certificate that they trust. */
  publish(name: string, listener: RequestListener): Promise<void>;
  /** Loopback address where a balancer's HTTPS (or other entry) port is served; null while nothing serves it. */
  balancerAddress(balancerId: string, entryPort: number): { host: string; port: number } | null;
  close(): Promise<void>;
}

/** A JSON object as the API shows it. */
export interface ApiObject {
  readonly [key: string]: unknown;
}

export interface DropletBody {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly size: string;
  readonly image: string;
  readonly userData: string;
  readonly publicIp: string;
  readonly privateIp: string;
  readonly vpcUuid: string;
  readonly tags: readonly string[];
  readonly volumeIds: readonly string[];
  readonly sshKeys: readonly string[];
}

/** What the backend reconciles with: all of it as the API would list it. */
export interface World {
  readonly droplets: readonly ApiObject[];
  readonly firewalls: readonly ApiObject[];
  readonly balancers: readonly ApiObject[];
  readonly vpcs: readonly ApiObject[];
  readonly volumes: readonly ApiObject[];
  readonly databases: readonly ApiObject[];
  /** Certificates with their PEM parts, private keys included. */
  readonly certificates: readonly ApiObject[];
  /** Domain name → its records. */
  readonly zones: Readonly<Record<string, readonly ApiObject[]>>;
}

export interface DatabaseEndpoint {
  readonly host: string;
  readonly privateHost: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Certificate authority of the server, PEM. */
  readonly authority: string;
}
