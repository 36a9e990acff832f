import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { DatabaseSpec } from "../cloudinit/server";
import { isFirstDatabase, type Node } from "../config/derived";
import { Backups, isBackedUp, restoreSource } from "./backups";
import type { Network } from "./network";
import { type Stack, typeToken } from "./stack";
import { volumeName } from "./userdata";

export interface DatabaseArgs {
  readonly stack: Stack;
  /** The VPC of a managed cluster, and the tag of the only droplets that it lets in. */
  readonly network: Network;
}

/** The application's database: DigitalOcean's MySQL, or the accounts of the one that the servers run. */
export class Database extends pulumi.ComponentResource {
  /** DigitalOcean's URNs, for the project. */
  readonly urns: pulumi.Output<string>[];
  /** The managed cluster; undefined where the servers run the database. */
  readonly clusterId: pulumi.Output<string> | undefined;
  /** The bucket of the backups; undefined where there are none, or DigitalOcean's. */
  readonly backups: Backups | undefined;
  private readonly restore: ReturnType<typeof restoreSource>;
  private readonly managed: pulumi.Output<DatabaseSpec> | undefined;
  private readonly password: pulumi.Output<string> | undefined;
  private readonly replicationPassword: pulumi.Output<string> | undefined;

  constructor(
    private readonly name: string,
    private readonly args: DatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("database", "Database"), name, {}, opts);
    const { stack } = args;
    if (stack.settings.database.mode === "managed") {
      const cluster = this.createCluster();
      this.urns = [cluster.clusterUrn];
      this.clusterId = cluster.id;
      this.managed = this.createAccount(cluster);
    } else {
      this.backups = isBackedUp(stack.settings)
        ? new Backups(`${name}-backups`, { stack }, { parent: this })
        : undefined;
      this.urns = this.backups ? [this.backups.bucketUrn] : [];
      this.restore = restoreSource(this, `${name}-restore-key`, stack);
      this.password = this.createPassword("password");
      this.replicationPassword = this.createPassword("replication-password");
    }
    this.registerOutputs({ mode: stack.settings.database.mode });
  }

  /** How a server reaches, or runs, the database. */
  spec(node: Node): pulumi.Output<DatabaseSpec> {
    const { name, mode, backups } = this.args.stack.settings.database;
    const { hour, retentionDays } = backups;
    if (this.managed !== undefined || mode === "managed") return this.managed as pulumi.Output<DatabaseSpec>;
    return pulumi
      .all([
        this.password,
        this.replicationPassword,
        this.backups?.access,
        isFirstDatabase(node, this.args.stack.nodes) ? this.restore : undefined,
      ])
      .apply(([password = "", replicationPassword = "", access, restore]) => ({
        mode,
        name,
        user: name,
        password,
        replicationPassword,
        volume: volumeName(node),
        ...(access && { backups: { ...access, hour, retentionDays } }),
        ...(restore && { restore }),
      }));
  }

  private createPassword(part: string): pulumi.Output<string> {
    const options = { parent: this };
    return new random.RandomPassword(`${this.name}-${part}`, { length: 32, special: false }, options).result;
  }

  private createCluster(): digitalocean.DatabaseCluster {
    const { stack, network } = this.args;
    const { managed } = stack.settings.database;
    return new digitalocean.DatabaseCluster(
      `${this.name}-cluster`,
      {
        name: stack.title,
        engine: "mysql",
        version: managed.version,
        size: managed.size,
        nodeCount: managed.nodes,
        region: stack.settings.region,
        privateNetworkUuid: network.vpcId,
        maintenanceWindows: [managed.maintenance],
        tags: [network.stackTag],
        ...(managed.storageGib ? { storageSizeMib: String(managed.storageGib * 1024) } : {}),
      },
      { parent: this, protect: stack.protect },
    );
  }

  /** Makes the application's user and database, then closes the cluster to all but the app servers. */
  private createAccount(cluster: digitalocean.DatabaseCluster): pulumi.Output<DatabaseSpec> {
    const { name } = this.args.stack.settings.database;
    const clusterId = cluster.id;
    const child = { parent: this, deletedWith: cluster };
    const user = new digitalocean.DatabaseUser(
      `${this.name}-user`,
      { clusterId, name },
      { ...child, additionalSecretOutputs: ["password"] },
    );
    const db = new digitalocean.DatabaseDb(
      `${this.name}-db`,
      { clusterId, name },
      { ...child, dependsOn: user },
    );
    new digitalocean.DatabaseFirewall(
      `${this.name}-firewall`,
      { clusterId, rules: [{ type: "tag", value: this.args.network.roleTags.app }] },
      { ...child, dependsOn: db },
    );
    const authority = digitalocean.getDatabaseCaOutput({ clusterId }, { parent: this }).certificate;
    return pulumi
      .all([db.name, user.password, cluster.privateHost, cluster.port, authority])
      .apply(([database, password, host, port, ca]) => ({
        mode: "managed" as const,
        name: database,
        user: name,
        password,
        host,
        port,
        authority: ca,
      }));
  }
}
