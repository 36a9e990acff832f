import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "protobufjs";
import { SumoError } from "../errors";

/** A value of OpenTelemetry: exactly one of them is there. */
export interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: number;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values: readonly KeyValue[] };
  readonly bytesValue?: string;
}
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}
interface Resource {
  readonly attributes: readonly KeyValue[];
}

export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly resource?: Resource;
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        /** Nanoseconds since the epoch. */
        readonly timeUnixNano?: number;
        readonly observedTimeUnixNano?: number;
        readonly body?: AnyValue;
        readonly attributes: readonly KeyValue[];
      }[];
    }[];
  }[];
}

export interface OtlpPoints {
  readonly dataPoints: readonly {
    readonly timeUnixNano?: number;
    readonly asDouble?: number;
    readonly asInt?: number;
    readonly attributes: readonly KeyValue[];
  }[];
}
export interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource?: Resource;
    readonly scopeMetrics: readonly {
      readonly metrics: readonly {
        readonly name?: string;
        readonly unit?: string;
        readonly gauge?: OtlpPoints;
        readonly sum?: OtlpPoints;
        readonly histogram?: { readonly dataPoints: readonly unknown[] };
        readonly exponentialHistogram?: { readonly dataPoints: readonly unknown[] };
        readonly summary?: { readonly dataPoints: readonly unknown[] };
      }[];
    }[];
  }[];
}

const { root } = parse(readFileSync(join(__dirname, "otlp.proto"), "utf8"));
const response = root.lookupType("otlp.Response");
const requests = {
  logs: root.lookupType("otlp.LogsRequest"),
  metrics: root.lookupType("otlp.MetricsRequest"),
};

/** Whether a request with this content type is OpenTelemetry's JSON; else it is protobuf. */
export const isJson = (contentType = ""): boolean => contentType.startsWith("application/json");

/** @throws SumoError 400 where the body is not what its content type says. */
export function decodeLogs(body: Buffer, contentType?: string): LogsRequest {
  return decode("logs", body, contentType) as LogsRequest;
}

/** @throws SumoError 400 where the body is not what its content type says. */
export function decodeMetrics(body: Buffer, contentType?: string): MetricsRequest {
  return decode("metrics", body, contentType) as MetricsRequest;
}

/** The answer: all was taken, or all but `rejected` of it. */
export function encodeResponse(rejected: number, errorMessage: string): Buffer {
  const partialSuccess = rejected > 0 ? { rejected, errorMessage } : undefined;
  return Buffer.from(response.encode(response.fromObject({ partialSuccess })).finish());
}

function decode(signal: "logs" | "metrics", body: Buffer, contentType?: string): unknown {
  const type = requests[signal];
  try {
    const message = isJson(contentType) ? type.fromObject(JSON.parse(body.toString())) : type.decode(body);
    return type.toObject(message, { longs: Number, bytes: String, arrays: true });
  } catch (error) {
    throw new SumoError(400, "bad_request", `The body is not OpenTelemetry's ${signal}: ${String(error)}`);
  }
}

/** A value as Sumo Logic shows it: text as it is, anything else as JSON. */
export function textOf(value: AnyValue | undefined): string {
  const plain = plainOf(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
}

/** Attributes by name, each as text. */
export function attributesOf(attributes: readonly KeyValue[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, textOf(value)]));
}

function plainOf(value: AnyValue = {}): unknown {
  if (value.arrayValue) return value.arrayValue.values.map(plainOf);
  if (value.kvlistValue) {
    return Object.fromEntries(value.kvlistValue.values.map(({ key, value: inner }) => [key, plainOf(inner)]));
  }
  return (
    value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue ?? value.bytesValue ?? ""
  );
}
