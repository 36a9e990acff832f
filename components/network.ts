import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import { type Role, roles } from "../config/schema";
import { type Stack, tagName, typeToken } from "./stack";

export interface NetworkArgs {
  /** A change of its region or address range replaces the network and everything in it. */
  readonly stack: Stack;
}

/** The VPC, the tags by which everything finds the servers, and the zones of the records. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** Tag on every server of the stack. */
  readonly stackTag: pulumi.Output<string>;
  /** Tag on the servers that carry a role. */
  readonly roleTags: Readonly<Record<Role, pulumi.Output<string>>>;
  readonly privateZone: pulumi.Output<string>;
  /** DigitalOcean URNs of the zones made here, for the project. */
  readonly urns: pulumi.Output<string>[];
  /** The site's domain, known once its zone is there. */
  readonly domain: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: NetworkArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("network", "Network"), name, {}, opts);
    const child = { parent: this };
    const { settings, title, privateZone } = args.stack;
    const { domain, dns, region } = settings;

    this.vpcId = new digitalocean.Vpc(
      `${name}-vpc`,
      { name: title, region, ipRange: settings.network.ipRange },
      { ...child, customTimeouts: { delete: "10m" } },
    ).id;

    this.stackTag = this.tag();
    this.roleTags = Object.fromEntries(roles.map((role) => [role, this.tag(role)])) as Record<
      Role,
      pulumi.Output<string>
    >;

    const privateDomain = new digitalocean.Domain(`${name}-private-zone`, { name: privateZone }, child);
    const publicDomain =
      dns.zone === "create" ? new digitalocean.Domain(`${name}-zone`, { name: domain }, child) : undefined;
    this.privateZone = privateDomain.name;
    this.domain = publicDomain?.name ?? pulumi.output(domain);
    this.urns = [privateDomain, publicDomain].flatMap((zone) => (zone ? [zone.domainUrn] : []));

    this.registerOutputs({ vpcId: this.vpcId, privateZone: this.privateZone });
  }

  /** Makes a tag of the stack, so that firewalls and the balancer can select by it before any droplet is there. */
  tag(what?: string): pulumi.Output<string> {
    const resource = ["tag", what].filter((part) => part !== undefined).join("-");
    return new digitalocean.Tag(
      `${this.name}-${resource}`,
      { name: tagName(this.args.stack, what) },
      { parent: this },
    ).name;
  }

  /** Publishes an address in the domain's zone; does nothing where the zone is hosted elsewhere. */
  publish(host: string, address: pulumi.Input<string>): void {
    const { zone, ttl } = this.args.stack.settings.dns;
    if (zone === "none") return;
    new digitalocean.DnsRecord(
      `${this.name}-record-${host === "@" ? "apex" : host}`,
      { domain: this.domain, name: host, type: "A", value: address, ttl },
      { parent: this },
    );
  }
}
