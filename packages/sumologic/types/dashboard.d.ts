import type * as pulumi from "@pulumi/pulumi";

/** A dashboard. Give it a `layout`: the provider fails on a dashboard that has none. */
export declare class Dashboard extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/dashboard:Dashboard";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<DashboardArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Dashboard;
  static isInstance(obj: unknown): obj is Dashboard;
  constructor(name: string, args: DashboardArgs, opts?: pulumi.CustomResourceOptions);
  readonly title: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly folderId: pulumi.Output<string | undefined>;
  readonly refreshInterval: pulumi.Output<number | undefined>;
  readonly theme: pulumi.Output<string | undefined>;
  readonly timeRange: pulumi.Output<pulumi.Unwrap<TimeRange>>;
  readonly panels: pulumi.Output<pulumi.Unwrap<DashboardPanel>[] | undefined>;
  readonly layout: pulumi.Output<pulumi.Unwrap<DashboardLayout> | undefined>;
  readonly variables: pulumi.Output<pulumi.Unwrap<DashboardVariable>[] | undefined>;
  readonly coloringRules: pulumi.Output<pulumi.Unwrap<ColoringRule>[] | undefined>;
}

export interface DashboardArgs {
  /** 1 to 255 characters. A change replaces the dashboard. */
  readonly title: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Default: the user's personal folder. Always set it: what the API puts in shows as a change. */
  readonly folderId?: pulumi.Input<string>;
  /** Seconds: 0 (never), 30, 60, 120, 300, 900, 1800, 3600, 7200 or 86400. */
  readonly refreshInterval?: pulumi.Input<number>;
  /** Default `Light`. */
  readonly theme?: pulumi.Input<"Light" | "Dark">;
  readonly timeRange: pulumi.Input<TimeRange>;
  readonly panels?: pulumi.Input<pulumi.Input<DashboardPanel>[]>;
  readonly layout: pulumi.Input<DashboardLayout>;
  readonly variables?: pulumi.Input<pulumi.Input<DashboardVariable>[]>;
  /** For all panels; the provider cannot read those of a single panel. */
  readonly coloringRules?: pulumi.Input<pulumi.Input<ColoringRule>[]>;
}

/** Exactly one of the two. */
export interface TimeRange {
  readonly beginBoundedTimeRange?: pulumi.Input<BeginBoundedTimeRange>;
  readonly completeLiteralTimeRange?: pulumi.Input<LiteralTimeRange>;
}

export interface BeginBoundedTimeRange {
  readonly from: pulumi.Input<TimeRangeBoundary>;
  /** Default: now. */
  readonly to?: pulumi.Input<TimeRangeBoundary>;
}

/** Exactly one of the four. */
export interface TimeRangeBoundary {
  readonly relativeTimeRange?: pulumi.Input<{
    /** Back from now, e.g. `-15m`, `-1h`, `-1d`. */
    readonly relativeTime: pulumi.Input<string>;
  }>;
  readonly literalTimeRange?: pulumi.Input<LiteralTimeRange>;
  readonly epochTimeRange?: pulumi.Input<{ readonly epochMillis: pulumi.Input<number> }>;
  readonly iso8601TimeRange?: pulumi.Input<{ readonly iso8601Time: pulumi.Input<string> }>;
}

export interface LiteralTimeRange {
  /** `now`, `second`, `minute`, `hour`, `today`, `week`, `month`, … */
  readonly rangeName: pulumi.Input<string>;
}

/** Exactly one of the two. */
export interface DashboardPanel {
  readonly textPanel?: pulumi.Input<TextPanel>;
  readonly sumoSearchPanel?: pulumi.Input<SumoSearchPanel>;
}

export interface TextPanel {
  /** Ties the panel to its place in the layout; unique in the dashboard. */
  readonly key: pulumi.Input<string>;
  readonly title?: pulumi.Input<string>;
  /** Markdown. */
  readonly text?: pulumi.Input<string>;
  /** JSON. */
  readonly visualSettings?: pulumi.Input<string>;
  readonly keepVisualSettingsConsistentWithParent?: pulumi.Input<boolean>;
}

export interface SumoSearchPanel {
  /** Ties the panel to its place in the layout; unique in the dashboard. */
  readonly key: pulumi.Input<string>;
  readonly title?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  readonly queries?: pulumi.Input<pulumi.Input<PanelQuery>[]>;
  /** Default: the dashboard's. */
  readonly timeRange?: pulumi.Input<TimeRange>;
  /** JSON: kind of chart, axes, unit, legend. */
  readonly visualSettings?: pulumi.Input<string>;
  readonly keepVisualSettingsConsistentWithParent?: pulumi.Input<boolean>;
}

export interface PanelQuery {
  /** `A`, `B`, …; metric queries refer to each other by it (`#A / #B`). */
  readonly queryKey: pulumi.Input<string>;
  readonly queryType: pulumi.Input<"Logs" | "Metrics">;
  readonly queryString: pulumi.Input<string>;
  /** For metrics; `Advanced` takes `queryString` as it is. */
  readonly metricsQueryMode?: pulumi.Input<"Basic" | "Advanced">;
  /** How fields of log messages are read. Default `Auto`. */
  readonly parseMode?: pulumi.Input<"Auto" | "Manual">;
  /** Which time of a log message counts. Default `Message`. */
  readonly timeSource?: pulumi.Input<"Message" | "Receipt" | "Searchable">;
  /** Rows of a log query at most. Default 1000. */
  readonly outputCardinalityLimit?: pulumi.Input<number>;
}

export interface DashboardLayout {
  readonly grid: pulumi.Input<{
    readonly layoutStructures: pulumi.Input<pulumi.Input<LayoutStructure>[]>;
  }>;
}

export interface LayoutStructure {
  /** Key of the panel. */
  readonly key: pulumi.Input<string>;
  /** JSON of `height`, `width` (of 24 columns), `x`, `y`. */
  readonly structure: pulumi.Input<string>;
}

export interface DashboardVariable {
  /** Used as `{{name}}` in queries. */
  readonly name: pulumi.Input<string>;
  readonly displayName?: pulumi.Input<string>;
  readonly defaultValue?: pulumi.Input<string>;
  readonly sourceDefinition: pulumi.Input<VariableSource>;
  readonly allowMultiSelect?: pulumi.Input<boolean>;
  /** Default true. */
  readonly includeAllOption?: pulumi.Input<boolean>;
  readonly hideFromUi?: pulumi.Input<boolean>;
}

/** Exactly one of the three. */
export interface VariableSource {
  readonly csvVariableSourceDefinition?: pulumi.Input<{
    /** Values, separated by commas. */
    readonly values: pulumi.Input<string>;
  }>;
  readonly logQueryVariableSourceDefinition?: pulumi.Input<{
    readonly query: pulumi.Input<string>;
    readonly field: pulumi.Input<string>;
  }>;
  readonly metadataVariableSourceDefinition?: pulumi.Input<{
    readonly filter: pulumi.Input<string>;
    readonly key: pulumi.Input<string>;
  }>;
}

export interface ColoringRule {
  /** Regular expression on the names of the series. */
  readonly scope: pulumi.Input<string>;
  /** `Average`, `Min`, `Max`, `Count`, `Sum` or `Latest`. */
  readonly singleSeriesAggregateFunction: pulumi.Input<string>;
  readonly multipleSeriesAggregateFunction: pulumi.Input<string>;
  readonly colorThresholds?: pulumi.Input<
    pulumi.Input<{
      /** `#rrggbb` */
      readonly color: pulumi.Input<string>;
      readonly min?: pulumi.Input<number>;
      readonly max?: pulumi.Input<number>;
    }>[]
  >;
}
