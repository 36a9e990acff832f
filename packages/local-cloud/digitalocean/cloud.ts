import type { Core } from "../core/core";
import { createLatency, type Latency } from "../core/latency";
import type { Collection } from "../core/store";
import type { Bucket } from "../spaces/storage";
import { Actions } from "./actions";
import { addresses, publicRange } from "./addresses";
import type { Policy } from "./alerts";
import type { Pool } from "./autoscale";
import type { Balancer } from "./balancers";
import type { Image } from "./catalog/images";
import type { Certificate } from "./certificates";
import type { Database } from "./database";
import type { DatabaseSettings } from "./database-settings";
import type { Domain } from "./domains";
import type { Droplet } from "./droplet";
import type { Firewall } from "./firewalls";
import { latencies } from "./latencies";
import { Machines } from "./machines";
import type { NatGateway } from "./nat-gateways";
import type { Assignment, Project } from "./projects";
import type { DomainRecord } from "./records";
import type { Replica } from "./replicas";
import type { ReservedIp } from "./reserved-ips";
import type { Snapshot } from "./snapshots";
import type { SpacesKey } from "./spaces-keys";
import type { Key } from "./ssh-keys";
import type { Check, CheckAlert } from "./uptime";
import type { Volume } from "./volumes";
import type { Vpc } from "./vpcs";

/** All that a DigitalOcean account holds, and what drives it. */
export class Cloud {
  readonly latency: Latency;
  readonly keys: Collection<Key>;
  readonly vpcs: Collection<Vpc>;
  readonly tags: Collection<{ readonly name: string }>;
  readonly images: Collection<Image>;
  readonly droplets: Collection<Droplet>;
  readonly firewalls: Collection<Firewall>;
  readonly balancers: Collection<Balancer>;
  readonly certificates: Collection<Certificate>;
  readonly domains: Collection<Domain>;
  readonly records: Collection<DomainRecord>;
  readonly volumes: Collection<Volume>;
  readonly snapshots: Collection<Snapshot>;
  readonly spacesKeys: Collection<SpacesKey>;
  readonly buckets: Collection<Bucket>;
  readonly reservedIps: Collection<ReservedIp>;
  readonly databases: Collection<Database>;
  readonly databaseSettings: Collection<DatabaseSettings>;
  readonly replicas: Collection<Replica>;
  readonly pools: Collection<Pool>;
  readonly gateways: Collection<NatGateway>;
  readonly projects: Collection<Project>;
  readonly assignments: Collection<Assignment>;
  readonly policies: Collection<Policy>;
  readonly checks: Collection<Check>;
  readonly checkAlerts: Collection<CheckAlert>;
  readonly actions: Actions;
  readonly machines: Machines;
  private readonly counters: Collection<{ readonly last: number }>;

  constructor(readonly core: Core) {
    const collection = <T extends object>(name: string) => core.store.collection<T>(`digitalocean/${name}`);
    this.latency = createLatency(core.options.latency, latencies);
    this.keys = collection("keys");
    this.vpcs = collection("vpcs");
    this.tags = collection("tags");
    this.images = collection("images");
    this.droplets = collection("droplets");
    this.firewalls = collection("firewalls");
    this.balancers = collection("balancers");
    this.certificates = collection("certificates");
    this.domains = collection("domains");
    this.records = collection("records");
    this.volumes = collection("volumes");
    this.snapshots = collection("snapshots");
    this.spacesKeys = collection("spaces-keys");
    this.buckets = collection("spaces-buckets");
    this.reservedIps = collection("reserved-ips");
    this.databases = collection("databases");
    this.databaseSettings = collection("database-settings");
    this.replicas = collection("replicas");
    this.pools = collection("pools");
    this.gateways = collection("gateways");
    this.projects = collection("projects");
    this.assignments = collection("assignments");
    this.policies = collection("policies");
    this.checks = collection("checks");
    this.checkAlerts = collection("check-alerts");
    this.counters = collection("counters");
    this.actions = new Actions(this);
    this.machines = new Machines(this);
  }

  /** The next number for objects of a kind; none is given twice. */
  nextId(kind: keyof typeof firstIds): number {
    const last = (this.counters.get(kind)?.last ?? firstIds[kind]) + 1;
    this.counters.put(kind, { last });
    return last;
  }

  /** A public address that nothing has yet. */
  freePublicAddress(): string {
    const used = new Set([
      ...this.droplets.list().map((droplet) => droplet.public_ip),
      ...this.balancers.list().map((balancer) => balancer.address),
      ...this.reservedIps.list().map((reserved) => reserved.ip),
      ...this.gateways.list().flatMap(({ egresses }) => egresses.public_gateways.map(({ ipv4 }) => ipv4)),
    ]);
    for (const address of addresses(publicRange)) if (!used.has(address)) return address;
    throw new Error(`${publicRange} has no free address left`);
  }
}

const firstIds = {
  key: 40_000_000,
  image: 300_000_000,
  droplet: 500_000_000,
  record: 1_800_000_000,
  action: 2_500_000_000,
};
