import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import type { Node } from "../config/derived";
import type { Firewall } from "./firewall";
import type { Network } from "./network";
import { retireFormer, shutDownToResize } from "./retirement";
import { type Stack, typeToken } from "./stack";
import { volumeName } from "./userdata";

/** Time to live of the private records, in seconds: the lowest that DigitalOcean takes. */
const privateTtl = 30;

export interface ServerNodeArgs {
  /**
   * Name, roles, size, image and backups. Name, size (with the server powered off meanwhile) and backups
   * change in place; a change of the image or of the label replaces the server.
   */
  readonly node: Node;
  /** Says the region (a change replaces the server and its volume) and the size of its volume. */
  readonly stack: Stack;
  /** Its VPC (a change replaces the server), the tags of its roles, and the zone of its records. */
  readonly network: Network;
  /** Exists before the droplet does, so that no server is ever without a firewall. */
  readonly baseline: Firewall;
  /** The server's own tag, by which its firewall selects it. */
  readonly tag: pulumi.Input<string>;
  /** Cloud-init user-data, at most 64 KiB; treated as a secret. A change replaces the server. */
  readonly userData: pulumi.Input<string>;
}

/** A server: a droplet, its private records, and the volume of its data. */
export class ServerNode extends pulumi.ComponentResource {
  readonly publicIp: pulumi.Output<string>;
  readonly privateIp: pulumi.Output<string>;
  /** DigitalOcean's URNs, for the project. */
  readonly urns: pulumi.Output<string>[];

  constructor(
    private readonly name: string,
    args: ServerNodeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("server", "ServerNode"), name, {}, opts);
    const { node, network, stack } = args;
    const holdsData = node.roles.includes("db");
    const droplet = new digitalocean.Droplet(
      `${name}-droplet`,
      {
        name: node.name,
        region: stack.settings.region,
        vpcUuid: network.vpcId,
        size: node.size,
        image: node.image,
        tags: [network.stackTag, args.tag, ...node.roles.map((role) => network.roleTags[role])],
        userData: pulumi.secret(args.userData),
        monitoring: true,
        gracefulShutdown: true,
        // A disk that grew can't shrink: without it a size can be taken back.
        resizeDisk: false,
        ...backupPolicy(node.backups),
      },
      {
        parent: this,
        dependsOn: args.baseline,
        // By default the provider would take the old servers away before it makes the new ones, all at once.
        deleteBeforeReplace: false,
        hooks: holdsData ? { beforeUpdate: [shutDownToResize] } : {},
      },
    );
    this.publicIp = droplet.ipv4Address;
    this.privateIp = droplet.ipv4AddressPrivate;
    this.urns = [droplet.dropletUrn];

    const own = this.publish(node.label, args, {
      hooks: holdsData ? { beforeUpdate: [retireFormer(args.tag)] } : {},
    });
    const handedOver = { dependsOn: own };
    // The web servers are found by the balancer, by their tag.
    for (const role of node.roles) if (role !== "web") this.publish(role, args, handedOver);
    if (holdsData) this.urns.push(this.attachVolume(droplet, args, handedOver));
    this.registerOutputs({ publicIp: this.publicIp, privateIp: this.privateIp });
  }

  private publish(
    record: string,
    { network }: ServerNodeArgs,
    options: pulumi.CustomResourceOptions,
  ): digitalocean.DnsRecord {
    return new digitalocean.DnsRecord(
      `${this.name}-record-${record}`,
      { domain: network.privateZone, name: record, type: "A", value: this.privateIp, ttl: privateTtl },
      { parent: this, ...options },
    );
  }

  private attachVolume(
    droplet: digitalocean.Droplet,
    { node, stack }: ServerNodeArgs,
    options: pulumi.CustomResourceOptions,
  ): pulumi.Output<string> {
    const { settings, protect } = stack;
    const volume = new digitalocean.Volume(
      `${this.name}-volume`,
      { name: volumeName(node, stack), region: settings.region, size: settings.database.volumeGib },
      { parent: this, protect },
    );
    new digitalocean.VolumeAttachment(
      `${this.name}-volume-attachment`,
      { dropletId: droplet.id.apply(Number), volumeId: volume.id },
      // A volume is attached to one droplet: it leaves the old server before the new one gets it.
      { parent: this, deleteBeforeReplace: true, ...options },
    );
    return volume.volumeUrn;
  }
}

/** DigitalOcean's backups at night, UTC; weekly ones on Sunday. */
function backupPolicy(backups: Node["backups"]): Partial<digitalocean.DropletArgs> {
  const plan = { plan: backups, hour: 4 };
  if (backups === "none") return {};
  return { backups: true, backupPolicy: backups === "weekly" ? { ...plan, weekday: "SUN" } : plan };
}
