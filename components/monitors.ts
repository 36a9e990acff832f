import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import type { MonitoringAccount } from "./monitoring-account";
import { type LogMonitor, webMonitors } from "./monitors/web";
import type { Notifications } from "./notifications";
import { type Stack, typeToken } from "./stack";

export interface MonitorsArgs {
  readonly stack: Stack;
  /** Holds the folder they lie in. */
  readonly account: MonitoringAccount;
  readonly notifications: Notifications;
}

/** The stack's monitors in Sumo Logic: what is measured, the limits, and who is told. */
export class Monitors extends pulumi.ComponentResource {
  constructor(name: string, args: MonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("monitoring", "Monitors"), name, {}, opts);
    for (const monitor of webMonitors(args.stack.categoryPrefix, args.stack.settings.monitoring)) {
      new sumologic.Monitor(
        `${name}-${monitor.name}`,
        {
          name: monitor.name,
          description: monitor.description,
          parentId: args.account.monitorFolderId,
          monitorType: "Logs",
          queries: [{ rowId: "A", query: monitor.query }],
          triggerConditions: {
            logsStaticCondition: {
              field: monitor.field,
              warning: level(monitor, "warning"),
              critical: level(monitor, "critical"),
            },
          },
          notificationGroupFields: ["_sourceHost"],
          notifications: args.notifications.all,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}

const level = (monitor: LogMonitor, name: "warning" | "critical"): sumologic.LogsStaticLevel => ({
  timeRange: "5m",
  alert: { threshold: monitor[name], thresholdType: "GreaterThanOrEqual" },
  resolution: { threshold: monitor[name], thresholdType: "LessThan" },
});
