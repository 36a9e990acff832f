import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import type { Database } from "./database";
import type { LoadBalancer } from "./load-balancer";
import type { Network } from "./network";
import { type Stack, typeToken } from "./stack";

export interface AlertsArgs {
  /**
   * Says who is told and when; without an e-mail address or Slack, DigitalOcean can tell nobody, and nothing
   * is made.
   */
  readonly stack: Stack;
  /** Its tag selects the servers that are watched. */
  readonly network: Network;
  readonly balancer: LoadBalancer;
  readonly database: Database;
}

/** DigitalOcean's own alerts: a second pair of eyes that does not depend on Sumo Logic or on the agents. */
export class Alerts extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: AlertsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("alerts", "Alerts"), name, {}, opts);
    const { notifications, thresholds } = args.stack.settings.monitoring;
    const { email, slack } = notifications;
    if (email.length > 0 || slack !== undefined) {
      const { cpuPercent, memoryPercent, diskPercent, latencyMs } = thresholds;
      const servers = { tags: [args.network.stackTag] };
      const balancer = { entities: [args.balancer.balancerId] };
      this.above("cpu", "v1/insights/droplet/cpu", cpuPercent.critical, servers);
      this.above("memory", "v1/insights/droplet/memory_utilization_percent", memoryPercent.critical, servers);
      this.above("disk", "v1/insights/droplet/disk_utilization_percent", diskPercent.critical, servers);
      this.above(
        "balancer-cpu",
        "v1/insights/lbaas/avg_cpu_utilization_percent",
        cpuPercent.critical,
        balancer,
      );
      this.above("balancer-droplets", "v1/insights/lbaas/droplet_health", 100, balancer, "LessThan");
      this.watchDatabase();
      this.watchSite(latencyMs.critical);
    }
    this.registerOutputs({});
  }

  private watchDatabase(): void {
    const { database, stack } = this.args;
    if (database.clusterId === undefined) return;
    const cluster = { entities: [database.clusterId] };
    const { cpuPercent, memoryPercent, diskPercent } = stack.settings.monitoring.thresholds;
    this.above("database-cpu", "v1/dbaas/alerts/cpu_alerts", cpuPercent.critical, cluster);
    this.above(
      "database-memory",
      "v1/dbaas/alerts/memory_utilization_alerts",
      memoryPercent.critical,
      cluster,
    );
    this.above("database-disk", "v1/dbaas/alerts/disk_utilization_alerts", diskPercent.critical, cluster);
  }

  /** Alerts while a value is over the limit (or, where said, under it) for five minutes. */
  private above(
    what: string,
    type: string,
    value: number,
    target: Pick<digitalocean.MonitorAlertArgs, "tags" | "entities">,
    compare = "GreaterThan",
  ): void {
    new digitalocean.MonitorAlert(
      `${this.name}-${what}`,
      {
        type,
        compare,
        value,
        window: "5m",
        description: `${this.args.stack.title}: ${what.replace("-", " ")}`,
        alerts: this.recipients(),
        ...target,
      },
      { parent: this },
    );
  }

  private watchSite(latencyMs: number): void {
    const check = new digitalocean.UptimeCheck(
      `${this.name}-uptime`,
      {
        name: this.args.stack.title,
        target: `https://${this.args.stack.site}`,
        type: "https",
        regions: ["us_east", "us_west", "eu_west", "se_asia"],
      },
      { parent: this },
    );
    const alerts: Record<string, Partial<digitalocean.UptimeAlertArgs>> = {
      down: { type: "down_global", period: "2m" },
      latency: { type: "latency", threshold: latencyMs, comparison: "greater_than", period: "5m" },
      certificate: { type: "ssl_expiry", threshold: 14, comparison: "less_than", period: "2m" },
    };
    for (const [what, { type = what, ...rest }] of Object.entries(alerts)) {
      new digitalocean.UptimeAlert(
        `${this.name}-uptime-${what}`,
        {
          checkId: check.id,
          name: `${this.args.stack.title}: ${what}`,
          type,
          notifications: [this.recipients()],
          ...rest,
        },
        { parent: this },
      );
    }
  }

  private recipients() {
    const { email, slack } = this.args.stack.settings.monitoring.notifications;
    return {
      ...(email.length > 0 ? { emails: email } : {}),
      ...(slack ? { slacks: [{ channel: slack.channel, url: pulumi.secret(slack.url) }] } : {}),
    };
  }
}
