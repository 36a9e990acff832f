import type { IncomingHttpHeaders } from "node:http";
import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { Collector } from "../collectors";
import { SumoError } from "../errors";
import type { Field } from "../fields";
import { metadata as columns } from "../query/metadata";
import type { Row } from "../query/values";
import type { Source } from "../sources";
import type { DataStore } from "./data-store";
import { Extraction } from "./extraction";
import { declaredOnly, type Origin, originOf } from "./origin";
import { decodeLogs, decodeMetrics } from "./otlp";
import * as plain from "./plain";
import type { LogRecord } from "./records";
import * as telemetry from "./telemetry";

interface Totals {
  readonly requests: number;
  /** As sent, so packed where the sender packs. */
  readonly bytes: number;
  readonly messages: number;
  readonly points: number;
}
const nothing: Totals = { requests: 0, bytes: 0, messages: 0, points: 0 };

/** Where data arrives: it is given its metadata and stored, and counted by source. */
export class Intake {
  private readonly counts = new Map<number, Totals>();
  private readonly heard = new Map<number, number>();
  private readonly collectors: Collection<Collector>;
  private readonly fields: Collection<Field>;
  private readonly extraction: Extraction;

  constructor(
    private readonly core: Core,
    private readonly data: DataStore,
  ) {
    this.collectors = core.store.collection<Collector>("sumologic/collectors");
    this.fields = core.store.collection<Field>("sumologic/fields");
    this.extraction = new Extraction(core);
  }

  /** By source id, since the server was started. */
  totals(): Record<string, Totals> {
    return Object.fromEntries(this.counts);
  }

  /** What these sources took in, by default all of them. */
  sum(ids: readonly number[] = [...this.counts.keys()]): Totals {
    return ids.reduce((sum, id) => added(sum, this.counts.get(id) ?? nothing), nothing);
  }

  /** When one of these sources last took something in, in milliseconds since the epoch. */
  lastHeard(ids: readonly number[]): number | null {
    const times = ids.flatMap((id) => this.heard.get(id) ?? []);
    return times.length > 0 ? Math.max(...times) : null;
  }

  /** Counts a request of `bytes` bytes. */
  count(source: Source, bytes: number): void {
    this.heard.set(source.id, this.core.clock.now());
    this.add(source, { requests: 1, bytes });
  }

  /** Log messages as text. @throws SumoError 415 for the formats of metrics. */
  async plain(source: Source, body: Buffer, headers: IncomingHttpHeaders, sender: string): Promise<void> {
    const type = headers["content-type"] ?? "";
    if (type.startsWith("application/vnd.sumologic")) {
      throw new SumoError(
        415,
        "contenttype.invalid",
        `${type} is not taken here: send metrics as OpenTelemetry.`,
      );
    }
    const origin = plain.overridden(this.origin(source, sender), headers);
    const messages = plain.messagesOf(body.toString(), source.messagePerRequest, this.core.clock.now());
    await this.store(source, origin, messages);
  }

  /** Logs of OpenTelemetry. */
  async logs(source: Source, body: Buffer, contentType: string | undefined, sender: string): Promise<void> {
    const messages = telemetry.messagesOf(decodeLogs(body, contentType), this.core.clock.now());
    await this.store(source, this.origin(source, sender), messages);
  }

  /** Metrics of OpenTelemetry; answers with the number of points that were not taken. */
  async metrics(
    source: Source,
    body: Buffer,
    contentType: string | undefined,
    sender: string,
  ): Promise<number> {
    const origin = this.origin(source, sender);
    const request = decodeMetrics(body, contentType);
    const { points, rejected } = telemetry.pointsOf(request, origin, this.core.clock.now());
    await this.data.addPoints(points);
    this.add(source, { points: points.length });
    return rejected;
  }

  private async store(source: Source, origin: Origin, messages: readonly Message[]): Promise<void> {
    const { fields, ...metadata } = origin;
    const receipt = this.core.clock.now();
    const declared = new Map<Message["fields"], Record<string, string>>();
    const records = messages.map(({ raw, time, fields: own }) => {
      const sent = declared.get(own) ?? declaredOnly({ ...fields, ...own }, this.fields);
      declared.set(own, sent);
      const record = { ...metadata, raw, time, receipt };
      return { ...record, fields: JSON.stringify({ ...sent, ...this.extraction.of(rowOf(record, sent)) }) };
    });
    await this.data.addLogs(records);
    this.add(source, { messages: messages.length });
  }

  private origin(source: Source, sender: string): Origin {
    return originOf(source, this.collectors.get(String(source.collectorId)), sender);
  }

  private add(source: Source, more: Partial<Totals>): void {
    this.counts.set(source.id, added(this.counts.get(source.id) ?? nothing, { ...nothing, ...more }));
  }
}

function added(one: Totals, other: Totals): Totals {
  return {
    requests: one.requests + other.requests,
    bytes: one.bytes + other.bytes,
    messages: one.messages + other.messages,
    points: one.points + other.points,
  };
}

interface Message {
  readonly raw: string;
  readonly time: number;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A message as queries see it. */
function rowOf(record: Omit<LogRecord, "fields">, fields: Readonly<Record<string, string>>): Row {
  return {
    ...fields,
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, record[column]])),
  };
}
