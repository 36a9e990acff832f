import type { Origin } from "./origin";
import { attributesOf, type LogsRequest, type MetricsRequest, type OtlpPoints, textOf } from "./otlp";
import type { MetricPoint } from "./records";

/** A log record of OpenTelemetry as a message: with attributes of its own it is JSON, its body under `log`. */
export interface TelemetryMessage {
  readonly raw: string;
  readonly time: number;
  /** The attributes of what sent it. */
  readonly fields: Readonly<Record<string, string>>;
}

/** @param now time of records that don't tell theirs, in milliseconds since the epoch. */
export function messagesOf(request: LogsRequest, now: number): TelemetryMessage[] {
  return request.resourceLogs.flatMap(({ resource, scopeLogs }) => {
    const fields = attributesOf(resource?.attributes);
    return scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ timeUnixNano, observedTimeUnixNano, body, attributes }) => ({
        raw:
          attributes.length > 0
            ? JSON.stringify({ ...(body && { log: textOf(body) }), ...attributesOf(attributes) })
            : textOf(body),
        time: milliseconds(timeUnixNano || observedTimeUnixNano) ?? now,
        fields,
      })),
    );
  });
}

/** The points of gauges and sums, and how many points of other kinds there were. */
export function pointsOf(
  request: MetricsRequest,
  origin: Origin,
  now: number,
): { readonly points: MetricPoint[]; readonly rejected: number } {
  const points: MetricPoint[] = [];
  let rejected = 0;
  const metadata = {
    _collector: origin.collector,
    _source: origin.source,
    _sourceCategory: origin.category,
    _sourceHost: origin.host,
    _sourceName: origin.name,
    ...origin.fields,
  };
  for (const { resource, scopeMetrics } of request.resourceMetrics) {
    const common = { ...metadata, ...attributesOf(resource?.attributes) };
    for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) {
      const { name = "", unit, gauge, sum } = metric;
      const dimensions = { ...common, metric: name, ...(unit && { unit }) };
      for (const point of (gauge ?? sum)?.dataPoints ?? []) points.push(pointOf(point, dimensions, now));
      for (const other of [metric.histogram, metric.exponentialHistogram, metric.summary]) {
        rejected += other?.dataPoints.length ?? 0;
      }
    }
  }
  return { points, rejected };
}

function pointOf(
  { timeUnixNano, asDouble, asInt, attributes }: OtlpPoints["dataPoints"][number],
  dimensions: Readonly<Record<string, string>>,
  now: number,
): MetricPoint {
  return {
    time: milliseconds(timeUnixNano) ?? now,
    value: asDouble ?? asInt ?? 0,
    dimensions: { ...dimensions, ...attributesOf(attributes) },
  };
}

/** Nanoseconds since the epoch are more than a double tells exactly; what it lost may not cost a millisecond. */
function milliseconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds ? Math.floor((nanoseconds + 512) / 1e6) : undefined;
}
