import type { z } from "zod";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import type { Collection } from "../core/store";
import type { Dashboard } from "../sumologic/dashboards";
import type { panelSchema } from "../sumologic/panels";
import type { Queries } from "../sumologic/query/queries";
import { resolveRange } from "../sumologic/query/time-range";
import { runPanel } from "./panel-data";
import type { DashboardView, PanelData, PanelView } from "./shapes";
import { choicesOf, filled, type Values } from "./variables";
import { drawing } from "./visual-settings";

type Panel = z.output<typeof panelSchema>;

/** The account's dashboards: what they are made of, and what their panels show now. */
export class Boards {
  private readonly dashboards: Collection<Dashboard>;

  constructor(
    private readonly core: Core,
    private readonly queries: Queries,
  ) {
    this.dashboards = core.store.collection<Dashboard>("sumologic/dashboards");
  }

  list(): Promise<DashboardView[]> {
    return Promise.all(this.dashboards.list().map((dashboard) => this.shown(dashboard)));
  }

  /**
   * Runs a panel's queries over the last `span` milliseconds, or its own time range.
   * @throws ApiError 404.
   */
  async run(id: string, key: string, span: number, values: Values): Promise<PanelData> {
    const dashboard = this.dashboards.get(id);
    const panel = dashboard?.panels.find((each) => each.key === key);
    if (!dashboard || !panel) throw new ApiError(404, "There is no such panel.");
    if (panel.panelType === "TextPanel") return { kind: "text", text: panel.text };
    const now = this.core.clock.now();
    const range = panel.timeRange ? resolveRange(panel.timeRange, now) : { from: now - span, to: now };
    const defaults = Object.fromEntries(
      dashboard.variables.map(({ name, defaultValue }) => [name, defaultValue]),
    );
    const queries = panel.queries.map((query) => ({
      ...query,
      queryString: filled(query.queryString, { ...defaults, ...values }),
    }));
    return runPanel(this.queries, queries, range, drawing(panel.visualSettings).chart);
  }

  private async shown(dashboard: Dashboard): Promise<DashboardView> {
    const { id, title, description, refreshInterval, timeRange, panels, variables } = dashboard;
    const range = resolveRange(timeRange, this.core.clock.now());
    const visible = variables.filter(({ hideFromUI }) => !hideFromUI);
    return {
      id,
      title,
      description,
      refresh: refreshInterval,
      span: range.to - range.from,
      variables: await Promise.all(
        visible.map(async (variable) => ({
          name: variable.name,
          label: variable.displayName || variable.name,
          value: variable.defaultValue,
          choices: await choicesOf(variable, this.queries, range),
        })),
      ),
      panels: panels.map((panel, index) => shownPanel(dashboard, panel, index)),
    };
  }
}

function shownPanel({ layout }: Dashboard, panel: Panel, index: number): PanelView {
  const structure = layout.layoutStructures.find(({ key }) => key === panel.key)?.structure;
  const isText = panel.panelType === "TextPanel";
  const drawn = drawing(panel.visualSettings);
  return {
    key: panel.key,
    title: panel.title,
    description: isText ? "" : panel.description,
    queries: isText ? [] : panel.queries.map(({ queryString }) => queryString),
    ...drawn,
    chart: isText ? "text" : drawn.chart,
    place: { ...cell(index), ...(structure && JSON.parse(structure)) },
  };
}

/** Where the layout has no place for a panel: two a row. */
const cell = (index: number) => ({ x: (index % 2) * 12, y: Math.floor(index / 2) * 8, width: 12, height: 8 });
