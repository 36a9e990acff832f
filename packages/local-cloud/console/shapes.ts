/** What the page is told: the answers of the console's calls, in JSON. Times are milliseconds since the epoch. */

/** How something does, from good to bad. */
export type Health = "ok" | "starting" | "unknown" | "warning" | "critical";

export interface Overview {
  readonly now: number;
  readonly architecture: Architecture;
  readonly monitors: readonly MonitorView[];
  readonly received: Received;
}

/** What the sources took in since the local cloud was started. */
export interface Received {
  readonly messages: number;
  readonly points: number;
  readonly bytes: number;
}

export interface Architecture {
  readonly entries: readonly Entry[];
  readonly balancers: readonly BalancerView[];
  readonly groups: readonly ServerGroup[];
  readonly databases: readonly DatabaseView[];
  readonly collectors: number;
  readonly flows: readonly Flow[];
}

/** A name of a zone that leads to something here. */
export interface Entry {
  readonly name: string;
  /** Id of the part that the name leads to. */
  readonly part: string;
}

export interface BalancerView {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly units: number;
  readonly health: Health;
  readonly reason: string;
  /** Where on this machine it is really served, as `127.0.0.1:40123`. */
  readonly served: readonly string[];
}

/** Servers that carry the same roles. */
export interface ServerGroup {
  readonly id: string;
  /** The tags by which balancers, firewalls and databases choose servers, without what they begin with. */
  readonly roles: readonly string[];
  readonly servers: readonly ServerView[];
}

export interface ServerView {
  readonly id: number;
  readonly name: string;
  readonly size: string;
  readonly privateAddress: string;
  readonly publicAddress: string;
  readonly names: readonly string[];
  readonly firewalls: readonly string[];
  readonly health: Health;
  /** Why it is not well, in words; what is well where it is. */
  readonly reasons: readonly string[];
  /** Its sources in Sumo Logic; null where none bears its name. */
  readonly agent: AgentView | null;
}

export interface AgentView extends Received {
  readonly sources: number;
  /** When one of the sources last took something in. */
  readonly lastHeard: number | null;
}

export interface DatabaseView {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly nodes: number;
  readonly health: Health;
  readonly reason: string;
}

/** That one part may talk to another. */
export interface Flow {
  /** Id of a part, or `visitors`; null where the source is a range of addresses. */
  readonly from: string | null;
  readonly fromText: string;
  readonly to: string;
  readonly toText: string;
  readonly ports: string;
  /** What lets it through. */
  readonly by: readonly string[];
}

export interface MonitorView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly queries: readonly string[];
  readonly status: readonly string[];
  readonly health: Health;
  readonly evaluatedAt: number | null;
  /** Why it could not be evaluated, and what of it is not evaluated here. */
  readonly problem: string | null;
  readonly alerts: readonly AlertView[];
}

export interface AlertView {
  readonly id: string;
  readonly severity: string;
  readonly group: string;
  readonly value: number | null;
  readonly since: number;
  readonly resolved: number | null;
}

export interface DashboardView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Seconds; 0 where the dashboard names none. */
  readonly refresh: number;
  /** Length of its time range in milliseconds. */
  readonly span: number;
  readonly variables: readonly VariableView[];
  readonly panels: readonly PanelView[];
}

export interface VariableView {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly string[];
}

export interface PanelView {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly queries: readonly string[];
  /** How it is drawn, by its visual settings; `auto` where they do not say. */
  readonly chart: Chart;
  readonly stacked: boolean;
  readonly unit: string;
  /** Place on a grid of 24 columns. */
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export type Chart = "auto" | "line" | "area" | "column" | "bar" | "table" | "value" | "text";

/** What a panel shows now. */
export type PanelData =
  | { readonly kind: "series"; readonly times: readonly number[]; readonly series: readonly SeriesView[] }
  | { readonly kind: "table"; readonly columns: readonly string[]; readonly rows: readonly Cells[] }
  | { readonly kind: "value"; readonly label: string; readonly value: number | null }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failed"; readonly message: string };

/** Values at the panel's times; null where there is none. */
export interface SeriesView {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export type Cells = readonly (string | number | boolean | null)[];

/** What a search found, newest first. */
export type SearchView =
  | { readonly kind: "messages"; readonly messages: readonly MessageView[]; readonly more: boolean }
  | { readonly kind: "records"; readonly columns: readonly string[]; readonly rows: readonly Cells[] }
  | { readonly kind: "failed"; readonly message: string };

export interface MessageView {
  readonly id: number;
  readonly time: number;
  readonly host: string;
  readonly category: string;
  readonly text: string;
}

/** Things of one kind in one of the clouds. */
export interface ResourceKind {
  readonly cloud: "DigitalOcean" | "Sumo Logic";
  readonly kind: string;
  readonly items: readonly ResourceView[];
}

export interface ResourceView {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}
