import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import { typeToken } from "./stack";

export interface FirewallArgs {
  /** Name of the firewall in the account: a letter or digit, then letters, digits, `.` and `-`. */
  readonly firewallName: string;
  /** Tag of the droplets it applies to; it must exist. */
  readonly tag: pulumi.Input<string>;
  /** What may come in; all else is dropped. At most 50 rules with the outbound ones. */
  readonly inbound: digitalocean.types.input.FirewallInboundRule[];
  /** What may go out besides what the droplets' other firewalls allow. @default nothing */
  readonly outbound?: digitalocean.types.input.FirewallOutboundRule[];
}

/** A cloud firewall that selects its droplets by tag. A droplet gets the union of its firewalls. */
export class Firewall extends pulumi.ComponentResource {
  readonly firewallId: pulumi.Output<string>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("firewall", "Firewall"), name, {}, opts);
    const firewall = new digitalocean.Firewall(
      name,
      {
        name: args.firewallName,
        tags: [args.tag],
        inboundRules: args.inbound,
        outboundRules: args.outbound ?? [],
      },
      { parent: this },
    );
    this.firewallId = firewall.id;
    this.registerOutputs({ firewallId: this.firewallId });
  }
}
