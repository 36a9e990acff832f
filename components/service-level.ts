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

/** Within which the site has to keep what it promises. */
const periodDays = 30;

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
            size: `${periodDays}d`,
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
        description: `What the site has spent in a while of the errors that ${settings.monitoring.availabilityPercent} % in ${periodDays} days leave it, in percent`,
        playbook: playbook(budgetMonitor, args.stack),
        parentId: args.account.monitorFolderId,
        monitorType: "Slo",
        sloId: slo.id,
        triggerConditions: {
          sloBurnRateCondition: {
            // The long window makes it sure, the short one lets it resolve soon.
            critical: burning(14.4, { "1h": 60, "5m": 5 }),
            warning: burning(6, { "6h": 360, "30m": 30 }),
          },
        },
        notifications: args.notifications.of(["Critical", "Warning"]),
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

/**
 * Errors so many times faster than the period allows, in each of the windows. Sumo Logic wants to know how much of the
 * period's errors is spent by the end of a window then, in percent.
 * @param windows minutes, by the name that Sumo Logic has for them.
 */
const burning = (times: number, windows: Readonly<Record<string, number>>): sumologic.SloBurnRateLevel => ({
  burnRates: Object.entries(windows).map(([timeRange, minutes]) => {
    const percent = (100 * times * minutes) / (periodDays * 24 * 60);
    return { burnRateThreshold: Number(percent.toFixed(3)), timeRange };
  }),
});
