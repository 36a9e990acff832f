import type * as pulumi from "@pulumi/pulumi";

/** A folder of SLOs. */
export declare class SloFolder extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/sloFolder:SloFolder";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<SloFolderArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): SloFolder;
  static isInstance(obj: unknown): obj is SloFolder;
  constructor(name: string, args: SloFolderArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string>;
  readonly parentId: pulumi.Output<string>;
}

export interface SloFolderArgs {
  /** Name, unique in its parent. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  /** Folder it lies in. Default: the root. */
  readonly parentId?: pulumi.Input<string>;
}

/** A service level objective. */
export declare class Slo extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/slo:Slo";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<SloArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Slo;
  static isInstance(obj: unknown): obj is Slo;
  constructor(name: string, args: SloArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly parentId: pulumi.Output<string>;
  readonly service: pulumi.Output<string>;
  readonly application: pulumi.Output<string>;
  readonly signalType: pulumi.Output<string>;
  readonly compliances: pulumi.Output<pulumi.Unwrap<SloCompliance>[]>;
  readonly indicator: pulumi.Output<pulumi.Unwrap<SloIndicator>>;
  readonly tags: pulumi.Output<Record<string, string> | undefined>;
}

export interface SloArgs {
  /** Name, unique in its folder, without `/`. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** A `SloFolder`. Default: the root. */
  readonly parentId?: pulumi.Input<string>;
  readonly service?: pulumi.Input<string>;
  readonly application?: pulumi.Input<string>;
  readonly signalType: pulumi.Input<"Latency" | "Error" | "Throughput" | "Availability" | "Other">;
  /** Exactly one. */
  readonly compliances: pulumi.Input<pulumi.Input<SloCompliance>[]>;
  readonly indicator: pulumi.Input<SloIndicator>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface SloCompliance {
  readonly complianceType: pulumi.Input<"Rolling" | "Calendar">;
  /** Percentage, 0 to 100. */
  readonly target: pulumi.Input<number>;
  /** `1d` to `90d` for `Rolling`; `Week`, `Month` or `Quarter` for `Calendar`. */
  readonly size: pulumi.Input<string>;
  /** IANA time zone. */
  readonly timezone: pulumi.Input<string>;
  /** First day of the period, for `Calendar`. */
  readonly startFrom?: pulumi.Input<string>;
}

/** Exactly one of the two. */
export interface SloIndicator {
  /** The share of good requests. */
  readonly requestBasedEvaluation?: pulumi.Input<RequestBasedEvaluation>;
  /** The share of good windows of time. */
  readonly windowBasedEvaluation?: pulumi.Input<WindowBasedEvaluation>;
}

export interface RequestBasedEvaluation {
  readonly queryType: pulumi.Input<"Logs" | "Metrics">;
  /** `Total` with `Successful` or `Unsuccessful`; or `Threshold` with `op` and `threshold`. */
  readonly queries: pulumi.Input<pulumi.Input<SloQuery>[]>;
  readonly op?: pulumi.Input<SloOperator>;
  readonly threshold?: pulumi.Input<number>;
}

export interface WindowBasedEvaluation {
  readonly queryType: pulumi.Input<"Logs" | "Metrics">;
  readonly queries: pulumi.Input<pulumi.Input<SloQuery>[]>;
  /** With `threshold`, what makes a window good. */
  readonly op: pulumi.Input<SloOperator>;
  readonly threshold: pulumi.Input<number>;
  /** Length of a window, e.g. `5m`. */
  readonly size: pulumi.Input<string>;
  /** `Avg`, `Min`, `Max`, `Sum`, `Count` or `p1` to `p99`, with a query of type `Threshold`. */
  readonly aggregation?: pulumi.Input<string>;
}

export type SloOperator = "LessThan" | "GreaterThan" | "LessThanOrEqual" | "GreaterThanOrEqual";

export interface SloQuery {
  readonly queryGroupType: pulumi.Input<"Successful" | "Unsuccessful" | "Total" | "Threshold">;
  readonly queryGroups: pulumi.Input<
    pulumi.Input<{
      /** `A`, `B`, … */
      readonly rowId: pulumi.Input<string>;
      readonly query: pulumi.Input<string>;
      /** Whether the number of rows counts; else `field` says what does. */
      readonly useRowCount: pulumi.Input<boolean>;
      readonly field?: pulumi.Input<string>;
    }>[]
  >;
}
