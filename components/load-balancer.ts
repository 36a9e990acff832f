import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import { healthCheck } from "../cloudinit/health-check";
import { ports } from "../cloudinit/ports";
import type { Network } from "./network";
import { type Stack, typeToken } from "./stack";

export interface LoadBalancerArgs {
  /**
   * Says the region, the number of balancer nodes and the path checked on each web server. A change of the
   * region replaces the balancer, and with it its address.
   */
  readonly stack: Stack;
  /** Its VPC (a change replaces the balancer), and the tag of the web servers. */
  readonly network: Network;
  /** Project that shows it. @default the account's default project */
  readonly projectId?: pulumi.Input<string> | undefined;
  /**
   * Certificate with which the balancer ends the visitors' TLS; it speaks TLS to the servers again.
   * @default the servers end the TLS themselves (passthrough, with the PROXY protocol for the client's address)
   */
  readonly certificateName?: pulumi.Input<string> | undefined;
}

/** The regional load balancer: HTTPS only (HTTP is redirected), TLS to the web servers. */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly balancerId: pulumi.Output<string>;
  readonly ip: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("load-balancer", "LoadBalancer"), name, {}, opts);
    const { settings, title, healthPath } = args.stack;
    const passthrough = args.certificateName === undefined;
    const balancer = new digitalocean.LoadBalancer(
      name,
      {
        name: title,
        region: settings.region,
        vpcUuid: args.network.vpcId,
        sizeUnit: settings.loadBalancer.units,
        dropletTag: args.network.roleTags.web,
        forwardingRules: [
          {
            entryProtocol: "https",
            entryPort: ports.https,
            targetProtocol: "https",
            targetPort: ports.https,
            ...(passthrough ? { tlsPassthrough: true } : { certificateName: args.certificateName }),
          },
        ],
        healthcheck: {
          protocol: "https",
          port: ports.https,
          path: healthPath,
          checkIntervalSeconds: healthCheck.intervalSeconds,
          responseTimeoutSeconds: healthCheck.timeoutSeconds,
          unhealthyThreshold: healthCheck.unhealthyThreshold,
          healthyThreshold: healthCheck.healthyThreshold,
        },
        redirectHttpToHttps: true,
        enableProxyProtocol: passthrough,
        tlsCipherPolicy: "STRONG",
        disableLetsEncryptDnsRecords: true,
        projectId: args.projectId,
      },
      { parent: this },
    );
    this.balancerId = balancer.id;
    this.ip = balancer.ip;
    this.registerOutputs({ balancerId: this.balancerId, ip: this.ip });
  }
}
