import { ProtobufLogsSerializer, ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";
import { Resource } from "@opentelemetry/resources";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

type Attributes = Record<string, string | number | boolean>;

/** Log records in protobuf, as OpenTelemetry's own SDK writes them. */
export function logsOf(
  resource: Attributes,
  records: readonly { readonly body: string; readonly timestamp: number; readonly attributes?: Attributes }[],
): Uint8Array {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ resource: new Resource(resource) });
  provider.addLogRecordProcessor(new SimpleLogRecordProcessor(exporter));
  for (const { timestamp, ...record } of records) {
    provider.getLogger("test").emit({ ...record, timestamp: new Date(timestamp) });
  }
  return ProtobufLogsSerializer.serializeRequest(exporter.getFinishedLogRecords()) ?? new Uint8Array();
}

/** A counter, a gauge and a histogram in protobuf, as OpenTelemetry's own SDK writes them. */
export async function metricsOf(resource: Attributes, counter: number, gauge: number): Promise<Uint8Array> {
  const reader = new Reader();
  const meter = new MeterProvider({ resource: new Resource(resource), readers: [reader] }).getMeter("test");
  meter.createCounter("nginx.requests", { unit: "requests" }).add(counter);
  meter.createGauge("system.memory.utilization").record(gauge, { state: "used" });
  meter.createHistogram("latency").record(1);
  const { resourceMetrics } = await reader.collect();
  return ProtobufMetricsSerializer.serializeRequest(resourceMetrics) ?? new Uint8Array();
}

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}
