import type * as pulumi from "@pulumi/pulumi";

/**
 * Conditions of a monitor. A `timeRange` is one of 2m 5m 10m 15m 30m 60m 180m 360m 720m 1440m 1h 3h 6h 12h
 * 24h 1d, unless said otherwise.
 */
export interface TriggerConditions {
  readonly logsStaticCondition?: pulumi.Input<LogsStaticCondition>;
  readonly logsOutlierCondition?: pulumi.Input<LogsOutlierCondition>;
  readonly logsMissingDataCondition?: pulumi.Input<LogsMissingDataCondition>;
  readonly metricsStaticCondition?: pulumi.Input<MetricsStaticCondition>;
  readonly metricsOutlierCondition?: pulumi.Input<MetricsOutlierCondition>;
  readonly metricsMissingDataCondition?: pulumi.Input<MetricsMissingDataCondition>;
  readonly sloSliCondition?: pulumi.Input<SloSliCondition>;
  readonly sloBurnRateCondition?: pulumi.Input<SloBurnRateCondition>;
}

export type ThresholdType = "LessThan" | "LessThanOrEqual" | "GreaterThan" | "GreaterThanOrEqual";

/** `critical`, `warning`, or both. */
export interface LogsStaticCondition {
  /** Numeric field of the result that is compared. Default: the number of results. */
  readonly field?: pulumi.Input<string>;
  readonly critical?: pulumi.Input<LogsStaticLevel>;
  readonly warning?: pulumi.Input<LogsStaticLevel>;
}

export interface LogsStaticLevel {
  readonly timeRange: pulumi.Input<string>;
  /** How often it is evaluated, e.g. `1m`. Default: as the time range suggests. */
  readonly frequency?: pulumi.Input<string>;
  readonly alert: pulumi.Input<{
    readonly threshold: pulumi.Input<number>;
    readonly thresholdType: pulumi.Input<ThresholdType>;
  }>;
  readonly resolution: pulumi.Input<{
    readonly threshold: pulumi.Input<number>;
    readonly thresholdType: pulumi.Input<ThresholdType>;
    /** How long the resolution must hold, e.g. `5m`. */
    readonly resolutionWindow?: pulumi.Input<string>;
  }>;
}

export interface LogsMissingDataCondition {
  readonly timeRange: pulumi.Input<string>;
  readonly frequency?: pulumi.Input<string>;
}

/** `critical`, `warning`, or both. */
export interface LogsOutlierCondition {
  /** Numeric field of the result that is watched. */
  readonly field?: pulumi.Input<string>;
  readonly direction?: pulumi.Input<Direction>;
  readonly critical?: pulumi.Input<LogsOutlierLevel>;
  readonly warning?: pulumi.Input<LogsOutlierLevel>;
}

export type Direction = "Both" | "Up" | "Down";

export interface LogsOutlierLevel {
  /** Number of data points the mean and deviation are taken of. */
  readonly window: pulumi.Input<number>;
  /** How many outliers in a row trigger. */
  readonly consecutive: pulumi.Input<number>;
  /** In standard deviations. */
  readonly threshold: pulumi.Input<number>;
}

/** `critical`, `warning`, or both. */
export interface MetricsStaticCondition {
  readonly critical?: pulumi.Input<MetricsStaticLevel>;
  readonly warning?: pulumi.Input<MetricsStaticLevel>;
}

export interface MetricsStaticLevel {
  readonly timeRange: pulumi.Input<string>;
  /**
   * Whether every point of the time range must cross the threshold. In `warning`, the provider takes it for
   * the resolution as well.
   */
  readonly occurrenceType: pulumi.Input<"AtLeastOnce" | "Always">;
  readonly alert: pulumi.Input<{
    readonly threshold: pulumi.Input<number>;
    readonly thresholdType: pulumi.Input<ThresholdType>;
    /** Points that must be there, 1 to 100. Default 1. */
    readonly minDataPoints?: pulumi.Input<number>;
  }>;
  readonly resolution: pulumi.Input<{
    readonly threshold: pulumi.Input<number>;
    readonly thresholdType: pulumi.Input<ThresholdType>;
    /** Default: always. To say `Always` would show as a change each time. */
    readonly occurrenceType?: pulumi.Input<"AtLeastOnce">;
    readonly minDataPoints?: pulumi.Input<number>;
  }>;
}

export interface MetricsMissingDataCondition {
  readonly timeRange: pulumi.Input<string>;
  /** Whether one silent series is enough. */
  readonly triggerSource: pulumi.Input<"AllTimeSeries" | "AnyTimeSeries">;
}

/** `critical`, `warning`, or both. */
export interface MetricsOutlierCondition {
  readonly direction?: pulumi.Input<Direction>;
  readonly critical?: pulumi.Input<MetricsOutlierLevel>;
  readonly warning?: pulumi.Input<MetricsOutlierLevel>;
}

export interface MetricsOutlierLevel {
  /** E.g. `15m`. */
  readonly baselineWindow: pulumi.Input<string>;
  /** In standard deviations. */
  readonly threshold: pulumi.Input<number>;
}

/** `critical`, `warning`, or both. */
export interface SloSliCondition {
  readonly critical?: pulumi.Input<SloSliLevel>;
  readonly warning?: pulumi.Input<SloSliLevel>;
}

export interface SloSliLevel {
  /** Percentage under which the SLI triggers. */
  readonly sliThreshold: pulumi.Input<number>;
}

/** `critical`, `warning`, or both. */
export interface SloBurnRateCondition {
  readonly critical?: pulumi.Input<SloBurnRateLevel>;
  readonly warning?: pulumi.Input<SloBurnRateLevel>;
}

export interface SloBurnRateLevel {
  /** All of them must hold: one short and one long window make an alert both quick and sure. */
  readonly burnRates: pulumi.Input<
    pulumi.Input<{
      /** Share of the error budget that is spent within the time range, in percent. */
      readonly burnRateThreshold: pulumi.Input<number>;
      /** Any length, e.g. `5m`, `1h`, `3d`. */
      readonly timeRange: pulumi.Input<string>;
    }>[]
  >;
}
