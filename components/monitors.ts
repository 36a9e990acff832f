import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import type { MonitoringAccount } from "./monitoring-account";
import type { MonitoringCollector } from "./monitoring-collector";
import { MonitoringData } from "./monitoring-data";
import { agentMonitors } from "./monitors/agent";
import { databaseMonitors } from "./monitors/database";
import { hostMonitors } from "./monitors/host";
import type { Monitor } from "./monitors/monitor";
import { serviceMonitors } from "./monitors/service";
import { triggerConditions } from "./monitors/triggers";
import { webMonitors } from "./monitors/web";
import type { Notifications } from "./notifications";
import { playbook } from "./runbooks";
import { type Stack, typeToken } from "./stack";

export interface MonitorsArgs {
  readonly stack: Stack;
  /** Holds the folder they lie in. */
  readonly account: MonitoringAccount;
  readonly notifications: Notifications;
  /** Whose sources are made before: a server waits for its sources, nothing waits for a monitor. @default none */
  readonly after?: MonitoringCollector | undefined;
}

/** Every monitor that fits the stack's roles and its database. */
export function monitorsOf(stack: Stack): Monitor[] {
  const data = new MonitoringData(stack.categoryPrefix);
  const lists = [webMonitors, serviceMonitors, databaseMonitors, hostMonitors, agentMonitors];
  return lists.flatMap((list) => list(stack, data));
}

/** The stack's monitors in Sumo Logic: what is measured, the limits, and who is told. */
export class Monitors extends pulumi.ComponentResource {
  constructor(name: string, args: MonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("monitoring", "Monitors"), name, {}, opts);
    for (const monitor of monitorsOf(args.stack)) {
      const queries = monitor.signal === "logs" ? [monitor.query] : monitor.queries;
      new sumologic.Monitor(
        `${name}-${monitor.name}`,
        {
          name: monitor.name,
          description: monitor.measures,
          playbook: playbook(monitor.name, args.stack),
          parentId: args.account.monitorFolderId,
          monitorType: monitor.signal === "logs" ? "Logs" : "Metrics",
          queries: queries.map((query, index) => ({ rowId: "ABCDEF".charAt(index), query })),
          triggerConditions: triggerConditions(monitor),
          notificationGroupFields: groupFields(monitor),
          notifications: args.notifications.of(alertsOf(monitor)),
        },
        { parent: this, dependsOn: args.after?.sourceResources ?? [] },
      );
    }
    this.registerOutputs({});
  }
}

const alertsOf = ({ limits, silence }: Monitor): sumologic.TriggerType[] => [
  ...(limits ? (["Critical", "Warning"] as const) : []),
  ...(silence ? (["MissingData"] as const) : []),
];

function groupFields({ of, signal }: Monitor): string[] {
  if (of === "site") return [];
  return [signal === "logs" ? "_sourceHost" : "host.name"];
}
