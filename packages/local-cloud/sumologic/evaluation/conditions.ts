import type { Monitor } from "../monitors";

export type Trigger = Monitor["triggers"][number];

/** The kinds of alerts that there can be for one group at once. */
export const alertTypes = ["Critical", "Warning", "MissingData"] as const;
export type AlertType = (typeof alertTypes)[number];

/** Ways of detection that are carried out; monitors with other ones are kept, but not evaluated. */
const evaluated: readonly string[] = [
  "LogsStaticCondition",
  "MetricsStaticCondition",
  "LogsMissingDataCondition",
  "MetricsMissingDataCondition",
  "SloBurnRateCondition",
  "SloSliCondition",
];

/** What sets off one kind of alert of a monitor, and what resolves it. */
export interface Condition {
  readonly type: AlertType;
  readonly alert: Trigger;
  readonly resolution: Trigger | undefined;
}

/** The conditions of a monitor that can be evaluated. */
export function conditionsOf({ triggers }: Monitor): Condition[] {
  return alertTypes.flatMap((type) => {
    const alert = triggers.find(({ triggerType }) => triggerType === type);
    if (!alert || !evaluated.includes(alert.detectionMethod)) return [];
    return [
      { type, alert, resolution: triggers.find(({ triggerType }) => triggerType === `Resolved${type}`) },
    ];
  });
}

/** The ways of detection of a monitor that are not carried out here. */
export function notEvaluated({ triggers }: Monitor): string[] {
  return [...new Set(triggers.map(({ detectionMethod }) => detectionMethod))].filter(
    (method) => !evaluated.includes(method),
  );
}

/** The value that sets off an alert; undefined where none does. */
export function offender(trigger: Trigger, values: readonly number[]): number | undefined {
  const crossing = values.filter((value) => crosses(trigger, value));
  if (values.length < (trigger.minDataPoints ?? 1)) return undefined;
  if (trigger.occurrenceType === "Always" && crossing.length < values.length) return undefined;
  const worst = trigger.thresholdType?.startsWith("Less") ? Math.min : Math.max;
  return crossing.length > 0 ? worst(...crossing) : undefined;
}

/**
 * Whether values resolve an alert: all of them have to, unless the trigger takes one for enough. Logs that find
 * nothing any more do; metrics that are silent do not.
 */
export function resolves(trigger: Trigger, values: readonly number[]): boolean {
  if (values.length === 0) return trigger.detectionMethod === "LogsStaticCondition";
  const test = (value: number) => crosses(trigger, value);
  return trigger.occurrenceType === "AtLeastOnce" ? values.some(test) : values.every(test);
}

function crosses({ threshold = 0, thresholdType }: Trigger, value: number): boolean {
  switch (thresholdType) {
    case "LessThan":
      return value < threshold;
    case "LessThanOrEqual":
      return value <= threshold;
    case "GreaterThanOrEqual":
      return value >= threshold;
    default:
      return value > threshold;
  }
}

const minute = 60_000;

/** How often a trigger with such a window is looked at, in milliseconds, as Sumo Logic documents it. */
export function frequency(window: number): number {
  if (window < 15 * minute) return minute;
  if (window <= 60 * minute) return 2 * minute;
  return window <= 360 * minute ? 10 * minute : 20 * minute;
}
