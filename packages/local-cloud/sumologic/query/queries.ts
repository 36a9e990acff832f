import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { Field } from "../fields";
import type { DataStore, LogColumn } from "../ingest/data-store";
import type { Series } from "../ingest/records";
import type { Range } from "./functions";
import { columnsOf, type LogQuery, parseLogQuery } from "./log-query";
import { type LogResult, LogRun } from "./log-run";
import { metadata } from "./metadata";
import { lookback, parseMetricQuery, runMetricQuery, selection } from "./metrics/metric-query";
import { quantumFor } from "./metrics/series";
import { scopeLike } from "./scope";
import type { Row } from "./values";

/** What a query is run on. */
export interface QueryRange extends Range {
  /** Whether messages count by when they came in, instead of by their own time. */
  readonly byReceipt?: boolean;
}

/** One row of a question about metrics. */
export interface MetricRow {
  /** The letter by which other rows name it. */
  readonly rowId: string;
  readonly query: string;
  /** Length of the buckets, in milliseconds; by default it fits the range. */
  readonly quantization?: number;
}

/** Runs queries over what the sources took in. */
export class Queries {
  private readonly fields: Collection<Field>;

  constructor(
    core: Core,
    private readonly data: DataStore,
  ) {
    this.fields = core.store.collection<Field>("sumologic/fields");
  }

  /** @throws QueryError where it is not understood, or needs a field that the account hasn't. */
  parseLogQuery(text: string): LogQuery {
    return parseLogQuery(
      text,
      this.fields.list().map(({ fieldName }) => fieldName),
    );
  }

  /** Runs a query over log messages. @throws QueryError. */
  async runLogQuery(text: string | LogQuery, range: QueryRange): Promise<LogResult> {
    const query = typeof text === "string" ? this.parseLogQuery(text) : text;
    const run = new LogRun(query, range);
    const columns = columnsOf(query);
    const rowOf = rowMaker(columns);
    for await (const messages of this.data.logs({ ...range, columns, like: scopeLike(query.scope) })) {
      for (const message of messages) run.add(rowOf(message));
      if (run.isFull) break;
    }
    return run.finish();
  }

  /** Runs queries of metrics, each after the ones it may name; answers by row. @throws QueryError. */
  async runMetricQueries(rows: readonly MetricRow[], range: Range): Promise<Map<string, Series[]>> {
    const results = new Map<string, Series[]>();
    const { from, to } = range;
    for (const { rowId, query: text, quantization } of rows) {
      const query = parseMetricQuery(text);
      const series = await this.data.points(
        from - lookback(query) / (range.scale ?? 1),
        to,
        selection(query),
      );
      const quantum = quantization ?? quantumFor(range) / (range.scale ?? 1);
      results.set(rowId, runMetricQuery(query, series, results, { ...range, quantum }));
    }
    return results;
  }
}

type Message = Readonly<Partial<Record<LogColumn | "id", string | number>>>;

/** Makes rows of messages of which these columns were read. */
function rowMaker(columns: readonly LogColumn[]): (message: Message) => Row {
  const names = Object.entries(metadata).filter(([, column]) => columns.includes(column));
  return (message) => {
    const row: Row = { _messageId: message.id ?? null };
    for (const [name, column] of names) row[name] = message[column] ?? null;
    return message.fields === undefined ? row : Object.assign(row, JSON.parse(String(message.fields)));
  };
}
