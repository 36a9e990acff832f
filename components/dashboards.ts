import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { type DashboardSpec, webDashboard } from "./dashboards/web";
import type { MonitoringAccount } from "./monitoring-account";
import type { MonitoringCollector } from "./monitoring-collector";
import { type Stack, typeToken } from "./stack";

export interface DashboardsArgs {
  readonly stack: Stack;
  /** Holds the folder they lie in; without one, no dashboard is made. */
  readonly account: MonitoringAccount;
  /** Whose sources are made before: a server waits for its sources, nothing waits for a dashboard. @default none */
  readonly after?: MonitoringCollector | undefined;
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
    if (folderId !== undefined) this.create(`${name}-web`, webDashboard(args.stack.categoryPrefix), folderId);
    this.registerOutputs({});
  }

  private create(name: string, { title, panels }: DashboardSpec, folderId: pulumi.Input<string>): void {
    new sumologic.Dashboard(
      name,
      {
        title: `${this.args.stack.title}: ${title}`,
        folderId,
        refreshInterval: 60,
        timeRange: { beginBoundedTimeRange: { from: { relativeTimeRange: { relativeTime: "-1h" } } } },
        panels: panels.map(({ query, ...panel }) => ({
          sumoSearchPanel: {
            ...panel,
            queries: [{ queryKey: "A", queryType: "Logs", queryString: query }],
          },
        })),
        layout: {
          grid: { layoutStructures: panels.map(({ key }, index) => ({ key, structure: cell(index) })) },
        },
      },
      { parent: this, dependsOn: this.args.after?.sourceResources ?? [] },
    );
  }
}

/** Two panels a row, on a grid of 24 columns. */
const cell = (index: number): string =>
  JSON.stringify({ height: 8, width: 12, x: (index % 2) * 12, y: Math.floor(index / 2) * 8 });
