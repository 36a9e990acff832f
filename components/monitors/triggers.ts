import type * as sumologic from "@pulumi/sumologic";
import type { Limits, LogMonitor, MetricMonitor, Monitor } from "./monitor";

/** What sets a monitor off, and what resolves it: the value's way back over the same limit. */
export const triggerConditions = (monitor: Monitor): sumologic.TriggerConditions =>
  monitor.signal === "logs" ? logConditions(monitor) : metricConditions(monitor);

function logConditions(monitor: LogMonitor): sumologic.TriggerConditions {
  const { field, window, limits, silence, falling = false } = monitor;
  const [worse, better] = falling
    ? (["LessThanOrEqual", "GreaterThan"] as const)
    : (["GreaterThanOrEqual", "LessThan"] as const);
  const level = (threshold: number): sumologic.LogsStaticLevel => ({
    timeRange: window,
    alert: { threshold, thresholdType: worse },
    resolution: { threshold, thresholdType: better },
  });
  return {
    logsStaticCondition: { field, warning: level(limits.warning), critical: level(limits.critical) },
    ...(silence && { logsMissingDataCondition: { timeRange: silence } }),
  };
}

function metricConditions({ window, limits, silence }: MetricMonitor): sumologic.TriggerConditions {
  return {
    ...(limits && { metricsStaticCondition: metricLevels(limits, window) }),
    ...(silence && {
      metricsMissingDataCondition: { timeRange: silence, triggerSource: "AnyTimeSeries" },
    }),
  };
}

/** The queries make all points of a window alike, so that it is one decision for each window. */
function metricLevels(limits: Limits, timeRange: string): sumologic.MetricsStaticCondition {
  const level = (threshold: number): sumologic.MetricsStaticLevel => ({
    timeRange,
    occurrenceType: "Always",
    alert: { threshold, thresholdType: "GreaterThanOrEqual" },
    resolution: { threshold, thresholdType: "LessThan" },
  });
  return { warning: level(limits.warning), critical: level(limits.critical) };
}
