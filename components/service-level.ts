import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import type { MonitoringAccount } from "./monitoring-account";
import type { MonitoringCollector } from "./monitoring-collector";
import { MonitoringData } from "./monitoring-data";
import type { Notifications } from "./notifications";
import { playbook } from "./runbooks";
import { type Stack, typeToken } from "./stack";

/** Name of the monitor, and of its runbook. */
export const budgetMonitor = "site-error-budget";

export interface ServiceLevelArgs {
  readonly stack: Stack;
  /** Holds the folder in which the monitor lies. */
  readonly account: MonitoringAccount;
  readonly notifications: Notifications;
  /** Whose sources are made before: a server waits for its sources, nothing waits for this. @default none */
  readonly after?: MonitoringCollector | undefined;
}

/** What the site promises: a share of requests answered without a 5xx status, and an alert when errors eat it up. */
export class ServiceLevel extends pulumi.ComponentResource {
  constructor(name: string, args: ServiceLevelArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("monitoring", "ServiceLevel"), name, {}, opts);
    const child = { parent: this, dependsOn: args.after?.sourceResources ?? [] };
    const { title, categoryPrefix, site, settings } = args.stack;
    const requests = new MonitoringData(categoryPrefix).requests("status");
    const folder = new sumologic.SloFolder(
      `${name}-folder`,
      { name: title, description: `What ${title} promises` },
      child,
    );
    const slo = new sumologic.Slo(
      name,
      {
        name: "availability",
        description: `Requests to ${site} that were answered without a 5xx status`,
        parentId: folder.id,
        signalType: "Availability",
        service: site,
        application: title,
        compliances: [
          {
            complianceType: "Rolling",
            size: "30d",
            target: settings.monitoring.availabilityPercent,
            timezone: "Etc/UTC",
          },
        ],
        indicator: {
          requestBasedEvaluation: {
            queryType: "Logs",
            queries: [
              counted("Unsuccessful", `${requests} | where status >= 500`),
              counted("Total", requests),
            ],
          },
        },
      },
      child,
    );
    new sumologic.Monitor(
      `${name}-${budgetMonitor}`,
      {
        name: budgetMonitor,
        description: `How many times faster than ${settings.monitoring.availabilityPercent} % in 30 days allow the site spends its errors`,
        playbook: playbook(budgetMonitor, args.stack),
        parentId: args.account.monitorFolderId,
        monitorType: "Slo",
        sloId: slo.id,
        triggerConditions: {
          sloBurnRateCondition: {
            // The long window makes it sure, the short one lets it resolve soon: 14.4 times is 2 % of the 30 days'
            // errors in an hour, 6 times is 5 % in six.
            critical: burning(14.4, "1h", "5m"),
            warning: burning(6, "6h", "30m"),
          },
        },
        notifications: args.notifications.all,
      },
      child,
    );
    this.registerOutputs({});
  }
}

const counted = (queryGroupType: "Unsuccessful" | "Total", query: string): sumologic.SloQuery => ({
  queryGroupType,
  queryGroups: [{ rowId: "A", query, useRowCount: true }],
});

const burning = (burnRateThreshold: number, ...windows: string[]): sumologic.SloBurnRateLevel => ({
  burnRates: windows.map((timeRange) => ({ burnRateThreshold, timeRange })),
});
