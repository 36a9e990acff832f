import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { DatabaseSpec } from "../cloudinit/server";
import { isFirstDatabase, type Node } from "../config/derived";
import { Backups, isBackedUp, restoreSource } from "./backups";
import { refuseLoss, shapeOf } from "./database-kept";
import type { Network } from "./network";
import { type Stack, typeToken } from "./stack";
import { volumeName } from "./userdata";

export interface DatabaseArgs {
  readonly stack: Stack;
  /** The VPC of a managed cluster, and the tag of the only droplets that it lets in. */
  readonly network: Network;
}

/** A password, and the one that takes the next turn: it is known before anybody uses it. */
interface Passwords {
  readonly current: pulumi.Output<string>;
  readonly next: pulumi.Output<string>;
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
  private readonly app: Passwords | undefined;
  private readonly replication: Passwords | undefined;

  constructor(
    private readonly name: string,
    private readonly args: DatabaseArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const { stack } = args;
    const { settings } = stack;
    super(typeToken("database", "Database"), name, shapeOf(stack), {
      ...opts,
      hooks: { beforeUpdate: [refuseLoss(settings.database.previousMode)] },
    });
    if (settings.database.mode === "managed") {
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
      this.app = this.createPasswords("password");
      this.replication = this.createPasswords("replication-password");
    }
    this.registerOutputs({ mode: stack.settings.database.mode });
  }

  /** How a server reaches, or runs, the database. */
  spec(node: Node): pulumi.Output<DatabaseSpec> {
    const { name, mode, passwordGeneration: generation, backups } = this.args.stack.settings.database;
    const { hour, retentionDays } = backups;
    if (this.managed !== undefined || mode === "managed") return this.managed as pulumi.Output<DatabaseSpec>;
    const { app, replication } = this;
    return pulumi
      .all([
        app?.current,
        app?.next,
        replication?.current,
        replication?.next,
        this.backups?.access,
        isFirstDatabase(node, this.args.stack.nodes) ? this.restore : undefined,
      ])
      .apply(
        ([
          password = "",
          nextPassword = "",
          replicationPassword = "",
          nextReplicationPassword = "",
          access,
          restore,
        ]) => ({
          mode,
          name,
          user: this.account(generation),
          generation,
          password,
          nextPassword,
          replicationPassword,
          nextReplicationPassword,
          volume: volumeName(node, this.args.stack),
          ...(access && { backups: { ...access, hour, retentionDays } }),
          ...(restore && { restore }),
        }),
      );
  }

  private createPasswords(part: string): Passwords {
    const password = (generation: number) =>
      new random.RandomPassword(
        `${this.name}-${part}-${turn(generation)}`,
        { length: 32, special: false, keepers: { generation: String(generation) } },
        { parent: this },
      ).result;
    const { passwordGeneration } = this.args.stack.settings.database;
    return { current: password(passwordGeneration), next: password(passwordGeneration + 1) };
  }

  /** The application's account of a generation of passwords. */
  private account(generation: number): string {
    return `${this.args.stack.settings.database.name}_${generation}`;
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
    const { stack, network } = this.args;
    const { name, passwordGeneration } = stack.settings.database;
    const clusterId = cluster.id;
    // With the old ones gone first, the servers that use them would go before that.
    const child = { parent: this, deletedWith: cluster, deleteBeforeReplace: false };
    const account = (generation: number) =>
      new digitalocean.DatabaseUser(
        `${this.name}-user-${turn(generation)}`,
        { clusterId, name: this.account(generation) },
        { ...child, additionalSecretOutputs: ["password"] },
      );
    const [user, next] = [account(passwordGeneration), account(passwordGeneration + 1)];
    const db = new digitalocean.DatabaseDb(
      `${this.name}-db`,
      { clusterId, name },
      { ...child, dependsOn: [user, next], protect: stack.protect },
    );
    new digitalocean.DatabaseFirewall(
      `${this.name}-firewall`,
      { clusterId, rules: [{ type: "tag", value: network.roleTags.app }] },
      { ...child, dependsOn: db },
    );
    // What counts as a slow statement, as on the servers' own; else it would be ten seconds.
    new digitalocean.DatabaseMysqlConfig(`${this.name}-config`, { clusterId, longQueryTime: 1 }, child);
    const authority = digitalocean.getDatabaseCaOutput({ clusterId }, { parent: this }).certificate;
    return pulumi
      .all([db.name, user.name, user.password, cluster.privateHost, cluster.port, authority])
      .apply(([database, account, password, host, port, ca]) => ({
        mode: "managed" as const,
        name: database,
        user: account,
        password,
        host,
        port,
        authority: ca,
      }));
  }
}

/** Which of two that take turns it is. */
const turn = (generation: number): string => (generation % 2 === 0 ? "even" : "odd");
