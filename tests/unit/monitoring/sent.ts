import { readFileSync } from "node:fs";
import type { JournalEvent } from "../../../cloudinit/events";

type Json = string | number | boolean | { readonly [key: string]: Json };

/** A log record as the agent sends it; a message of the journal is a map of the journal's fields. */
export interface Message {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly body: string | Readonly<Record<string, string>>;
}

/** A point of a metric; `counter` where it only ever rises. */
export interface Point {
  readonly metric: string;
  readonly time: number;
  readonly value: number;
  readonly counter?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What the agent says of the server in all that it sends. */
const resource = (host: string) => ({
  attributes: attributes({
    "host.name": host,
    "deployment.environment": "development",
    "service.namespace": "web-infra",
    stack: "dev",
    role: "web-app-db",
  }),
});

/** Messages in OpenTelemetry's JSON. */
export const otlpLogs = (host: string, messages: readonly Message[]): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: resource(host),
        scopeLogs: [
          {
            logRecords: messages.map(({ time, body }) => ({
              timeUnixNano: `${time}000000`,
              body: anyValue(body),
            })),
          },
        ],
      },
    ],
  });

/** Points in OpenTelemetry's JSON. */
export const otlpMetrics = (host: string, points: readonly Point[]): string =>
  JSON.stringify({
    resourceMetrics: [
      {
        resource: resource(host),
        scopeMetrics: [
          {
            metrics: points.map(({ metric, time, value, counter, attributes: own = {} }) => {
              const dataPoints = [
                { timeUnixNano: `${time}000000`, asDouble: value, attributes: attributes(own) },
              ];
              return { name: metric, ...(counter ? { sum: { dataPoints } } : { gauge: { dataPoints } }) };
            }),
          },
        ],
      },
    ],
  });

function anyValue(value: Json): object {
  if (typeof value !== "object") return { stringValue: String(value) };
  return { kvlistValue: { values: attributes(value) } };
}

const attributes = (values: Readonly<Record<string, Json>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));

const format = accessLogFormat(readFileSync("cloudinit/files/web/nginx.conf", "utf8"));

function accessLogFormat(conf: string): string {
  const [, parts = ""] = /log_format json escape=json\s+([^;]+);/.exec(conf) ?? [];
  return [...parts.matchAll(/'([^']*)'/g)].map(([, part]) => part).join("");
}

/** A request as nginx sees it, by the names of its variables. */
export type Request = Readonly<Record<string, string | number>>;

/** A line of the access log, in the format that the servers' nginx writes. */
export function requestAt(time: number, request: Request = {}): Message {
  const values: Request = {
    msec: time / 1000,
    time_iso8601: new Date(time).toISOString(),
    caller: "visitor",
    request_method: "GET",
    request_uri: "/",
    status: 200,
    request_time: 0.1,
    bytes_sent: 512,
    request_length: 80,
    upstream_http_x_app_address: "10.30.0.4",
    upstream_status: 200,
    upstream_response_time: 0.08,
    ...request,
  };
  return { time, body: format.replace(/\$(\w+)/g, (_, name) => String(values[name] ?? "")) };
}

/** A message of the journal. */
export const journalAt = (time: number, program: string, message: string, unit = ""): Message => ({
  time,
  body: { MESSAGE: message, SYSLOG_IDENTIFIER: program, _SYSTEMD_UNIT: unit, PRIORITY: "6" },
});

/** What one of the server's timers writes. */
export const eventAt = (time: number, event: JournalEvent): Message =>
  journalAt(time, "report", JSON.stringify(event));
