import type { DuckDBValue } from "@duckdb/node-api";
import { SumoError } from "../errors";
import { Database, type Table } from "./database";
import type { LogRecord, MetricPoint, Series } from "./records";
import { SeriesIndex, type SeriesRow } from "./series-index";

/** Columns of the log messages that a search reads. */
export type LogColumn = keyof LogRecord;

/** What a search reads of the log messages. */
export interface LogScan {
  /** Milliseconds since the epoch; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly LogColumn[];
  /** Conditions that every message meets, in the form of LIKE with `\` as its escape, upper and lower case alike. */
  readonly like: readonly { readonly column: LogColumn; readonly pattern: string }[];
  readonly byReceipt?: boolean;
}

/** Beyond these numbers the oldest are forgotten, a quarter at a time. */
export interface Limits {
  readonly messages: number;
  readonly points: number;
}
const limits: Limits = { messages: 2_000_000, points: 8_000_000 };

interface LogRow extends LogRecord {
  readonly id: number;
}
interface PointRow {
  readonly id: number;
  readonly series: number;
  readonly time: number;
  readonly value: number;
}
/** The log messages and the metrics that the sources took in. */
export class DataStore {
  private tables: Promise<Tables> | undefined;
  private readonly series = new SeriesIndex();
  private lastLog = 0;
  private lastPoint = 0;
  private writing: Promise<void> = Promise.resolve();
  private isClosed = false;

  /** @param file database file, made where absent; without it all is in memory. */
  constructor(
    private readonly file?: string,
    private readonly limit: Limits = limits,
  ) {}

  /** Resolves when the messages can be found. */
  addLogs(records: readonly LogRecord[]): Promise<void> {
    return this.write(async ({ logs }) => {
      logs.append(records.map((record) => ({ ...record, id: ++this.lastLog })));
      await this.forget(logs, this.lastLog, this.limit.messages, records.length);
    });
  }

  /** Resolves when the points can be found. */
  addPoints(points: readonly MetricPoint[]): Promise<void> {
    return this.write(async ({ points: table, series }) => {
      table.append(
        points.map(({ time, value, dimensions }) => ({
          id: ++this.lastPoint,
          series: this.series.idOf(dimensions, (row) => series.append([row])),
          time,
          value,
        })),
      );
      await this.forget(table, this.lastPoint, this.limit.points, points.length);
    });
  }

  /** The newest message first. */
  async *logs({
    from,
    to,
    columns,
    like,
    byReceipt,
  }: LogScan): AsyncGenerator<Pick<LogRow, LogColumn | "id">[]> {
    const { logs } = await this.opened();
    const time = byReceipt ? "receipt" : "time";
    const conditions = like.map(({ column }, index) => `and ${column} ilike $${index + 3} escape '\\'`);
    const values: DuckDBValue[] = [from, to, ...like.map(({ pattern }) => pattern)];
    const rest = `where ${time} >= $1 and ${time} < $2 ${conditions.join(" ")} order by ${time} desc, id desc`;
    yield* logs.read(["id", ...columns], rest, values);
  }

  /** The series that have points from `from` up to `to` (milliseconds since the epoch) and whose dimensions `match`. */
  async points(
    from: number,
    to: number,
    match: (dimensions: Series["dimensions"]) => boolean,
  ): Promise<Series[]> {
    const { points } = await this.opened();
    const wanted = this.series.matching(match);
    if (wanted.size === 0) return [];
    const rest = `where time >= $1 and time < $2 and series in (${[...wanted.keys()].join(", ")}) order by time, id`;
    for await (const rows of points.read(["series", "time", "value"], rest, [from, to])) {
      for (const { series, time, value } of rows) wanted.get(series)?.points.push({ time, value });
    }
    return [...wanted.values()].filter((series) => series.points.length > 0);
  }

  /** Forgets everything. */
  clear(): Promise<void> {
    return this.write(async ({ logs, points }) => {
      await logs.remove("true", []);
      await points.remove("true", []);
    });
  }

  /** Waits for what is being written; what still comes in is refused, as of a service that goes away. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.writing;
    if (!this.tables) return;
    const { database, logs, points, series } = await this.tables;
    for (const table of [logs, points, series]) table.close();
    database.close();
  }

  /** Opens at the first use: most accounts of tests never see data. */
  private opened(): Promise<Tables> {
    this.tables ??= this.open();
    return this.tables;
  }

  private async open(): Promise<Tables> {
    const database = await Database.open(this.file);
    const tables = {
      database,
      logs: await database.table<LogRow>("logs", {
        id: "DOUBLE",
        time: "DOUBLE",
        receipt: "DOUBLE",
        collector: "VARCHAR",
        source: "VARCHAR",
        name: "VARCHAR",
        host: "VARCHAR",
        category: "VARCHAR",
        raw: "VARCHAR",
        fields: "VARCHAR",
      }),
      points: await database.table<PointRow>("points", {
        id: "DOUBLE",
        series: "DOUBLE",
        time: "DOUBLE",
        value: "DOUBLE",
      }),
      series: await database.table<SeriesRow>("series", { id: "DOUBLE", dimensions: "VARCHAR" }),
    };
    for await (const rows of tables.series.read(["id", "dimensions"], "")) {
      for (const row of rows) this.series.load(row);
    }
    this.lastLog = await lastId(tables.logs);
    this.lastPoint = await lastId(tables.points);
    return tables;
  }

  /** One batch after the other; a failure is its own caller's. */
  private async write(batch: (tables: Tables) => Promise<void>): Promise<void> {
    if (this.isClosed) throw new SumoError(503, "service.unavailable", "The service is being stopped.");
    const written = this.writing.then(async () => batch(await this.opened()));
    this.writing = written.catch(() => undefined);
    await written;
  }

  private async forget<Row extends { readonly id: number }>(
    table: Table<Row>,
    last: number,
    limit: number,
    added: number,
  ): Promise<void> {
    const step = Math.ceil(limit / 4);
    const passed = Math.floor(last / step) > Math.floor((last - added) / step);
    if (passed && last > limit) await table.remove("id <= $1", [last - limit]);
  }
}

interface Tables {
  readonly database: Database;
  readonly logs: Table<LogRow>;
  readonly points: Table<PointRow>;
  readonly series: Table<SeriesRow>;
}

async function lastId<Row extends { readonly id: number }>(table: Table<Row>): Promise<number> {
  for await (const [row] of table.read(["id"], "order by id desc limit 1")) if (row) return Number(row.id);
  return 0;
}
