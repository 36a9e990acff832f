import type { MonitoringData } from "../monitoring-data";
import type { Stack } from "../stack";

/** Up to when a monitor looks back, and after how long silence counts. */
export type Window = "5m" | "15m" | "60m" | "360m";

interface Common {
  /** Name of its page in docs/runbooks too. */
  readonly name: string;
  /** What it measures, in a sentence without a full stop. */
  readonly measures: string;
  /** Whether it looks at each server by itself, or at the site. */
  readonly of: "server" | "site";
  readonly window: Window;
  /**
   * After how long without data it alerts. Left out where another monitor tells of the silence: of a server that
   * is gone, one alert is better than twenty.
   */
  readonly silence?: Window;
}

/** The values that a result is compared with. */
export interface Limits {
  readonly warning: number;
  readonly critical: number;
}

/** A log query whose result is compared with two limits. */
export interface LogMonitor extends Common {
  readonly signal: "logs";
  readonly query: string;
  /** Field of the result that is compared. */
  readonly field: string;
  readonly limits: Limits;
  /** Whether the lower value is the worse. @default false */
  readonly falling?: boolean;
}

/** Queries of metrics, the last of which is compared with two limits; without limits, it is for silence alone. */
export interface MetricMonitor extends Common {
  readonly signal: "metrics";
  readonly queries: readonly string[];
  readonly limits?: Limits;
}

export type Monitor = LogMonitor | MetricMonitor;

/** The monitors of one subject, as far as they fit the stack. */
export type MonitorList = (stack: Stack, data: MonitoringData) => Monitor[];

/** Requests in the window below which a share tells nothing: one visitor's bad luck would be an alert. */
export const fewestRequests = 50;
