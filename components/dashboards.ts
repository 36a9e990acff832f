import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { agentsDashboard } from "./dashboards/agents";
import { applicationDashboard } from "./dashboards/application";
import { databaseDashboard } from "./dashboards/database";
import { hostsDashboard } from "./dashboards/hosts";
import { overviewDashboard } from "./dashboards/overview";
import { type DashboardSpec, layout, type Panel, visualSettings } from "./dashboards/panel";
import { securityDashboard } from "./dashboards/security";
import { webDashboard } from "./dashboards/web";
import type { MonitoringAccount } from "./monitoring-account";
import type { MonitoringCollector } from "./monitoring-collector";
import { MonitoringData } from "./monitoring-data";
import { type Stack, typeToken } from "./stack";

const dashboards = {
  overview: overviewDashboard,
  web: webDashboard,
  application: applicationDashboard,
  database: databaseDashboard,
  hosts: hostsDashboard,
  security: securityDashboard,
  agents: agentsDashboard,
};

export interface DashboardsArgs {
  readonly stack: Stack;
  /** Holds the folder they lie in; without one, no dashboard is made. */
  readonly account: MonitoringAccount;
  /** Whose sources are made before: a server waits for its sources, nothing waits for a dashboard. @default none */
  readonly after?: MonitoringCollector | undefined;
}

/** The stack's dashboards by name, with the panels that fit its roles and its database. */
export function dashboardsOf(stack: Stack): Record<string, DashboardSpec> {
  const data = new MonitoringData(stack.categoryPrefix);
  return Object.fromEntries(Object.entries(dashboards).map(([name, make]) => [name, make(data, stack)]));
}

/** The stack's dashboards in Sumo Logic. */
export class Dashboards extends pulumi.ComponentResource {
  constructor(
    name: string,
    private readonly args: DashboardsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("monitoring", "Dashboards"), name, {}, opts);
    const folderId = args.account.dashboardFolderId;
    for (const [part, spec] of Object.entries(dashboardsOf(args.stack))) {
      if (folderId !== undefined) this.create(`${name}-${part}`, spec, folderId);
    }
    this.registerOutputs({});
  }

  private create(
    name: string,
    { title, description, panels }: DashboardSpec,
    folderId: pulumi.Input<string>,
  ): void {
    new sumologic.Dashboard(
      name,
      {
        title: `${this.args.stack.title}: ${title}`,
        description,
        folderId,
        refreshInterval: 60,
        timeRange: { beginBoundedTimeRange: { from: { relativeTimeRange: { relativeTime: "-1h" } } } },
        panels: panels.map(searchPanel),
        layout: { grid: { layoutStructures: layout(panels) } },
      },
      { parent: this, dependsOn: this.args.after?.sourceResources ?? [] },
    );
  }
}

const searchPanel = (panel: Panel): sumologic.DashboardPanel => ({
  sumoSearchPanel: {
    key: panel.key,
    title: panel.title,
    visualSettings: visualSettings(panel),
    queries: panel.queries.map((queryString, index) => ({
      queryKey: "ABCDEF".charAt(index),
      queryString,
      ...(panel.signal === "logs"
        ? { queryType: "Logs" as const }
        : { queryType: "Metrics" as const, metricsQueryMode: "Advanced" as const }),
    })),
  },
});
