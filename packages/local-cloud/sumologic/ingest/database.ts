import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBValue,
} from "@duckdb/node-api";

/** A table's columns: a number (double) or a text each. */
export type Columns<Row> = Readonly<Record<keyof Row & string, "DOUBLE" | "VARCHAR">>;

/** An embedded column database: rows are appended in batches and read in order. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly writer: DuckDBConnection,
  ) {}

  /** @param file where it lives; without one it is in memory. */
  static async open(file: string | undefined): Promise<Database> {
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const writer = await instance.connect();
    await writer.run(
      file ? `attach '${file.replaceAll("'", "''")}' as data` : "attach ':memory:' as data (compress)",
    );
    return new Database(instance, writer);
  }

  /** The table of that name, made where it is absent. Names and columns are the program's own. */
  async table<Row extends object>(name: string, columns: Columns<Row>): Promise<Table<Row>> {
    const list = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
    await this.writer.run(`create table if not exists data.${name} (${list.join(", ")})`);
    const appender = await this.writer.createAppender(name, "main", "data");
    return new Table(name, columns, appender, () => this.instance.connect());
  }

  close(): void {
    this.writer.closeSync();
    this.instance.closeSync();
  }
}

/** Rows that are only ever appended, read and, the oldest first, deleted. */
export class Table<Row extends object> {
  private readonly columns: readonly [string, "DOUBLE" | "VARCHAR"][];

  constructor(
    private readonly name: string,
    columns: Columns<Row>,
    private readonly appender: DuckDBAppender,
    private readonly connect: () => Promise<DuckDBConnection>,
  ) {
    this.columns = Object.entries<"DOUBLE" | "VARCHAR">(columns);
  }

  /** The rows can be read, and outlive the process where there is a file, when this returns. */
  append(rows: readonly Row[]): void {
    for (const row of rows) {
      for (const [column, type] of this.columns) {
        const value: unknown = row[column as keyof Row];
        if (type === "DOUBLE") this.appender.appendDouble(Number(value));
        else this.appender.appendVarchar(String(value));
      }
      this.appender.endRow();
    }
    this.appender.flushSync();
  }

  /**
   * Reads batches of rows.
   * @param columns those to read.
   * @param rest the statement from `where` on, with `$1`, `$2`… for the values.
   */
  async *read<Column extends keyof Row & string>(
    columns: readonly Column[],
    rest: string,
    values: DuckDBValue[] = [],
  ): AsyncGenerator<Pick<Row, Column>[]> {
    const connection = await this.connect();
    try {
      const result = await connection.stream(
        `select ${columns.join(", ")} from data.${this.name} ${rest}`,
        values,
      );
      for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
        const read = chunk.getColumns();
        yield rowsOf<Pick<Row, Column>>(columns, read, chunk.rowCount);
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Deletes the rows that the condition holds for. */
  async remove(condition: string, values: DuckDBValue[]): Promise<void> {
    const connection = await this.connect();
    await connection.run(`delete from data.${this.name} where ${condition}`, values);
    await connection.run("checkpoint data");
    connection.closeSync();
  }

  close(): void {
    this.appender.closeSync();
  }
}

/** Rows of columns: a loop, for this is where most of a search's time goes. */
function rowsOf<Row>(
  names: readonly string[],
  columns: readonly (readonly DuckDBValue[])[],
  count: number,
): Row[] {
  const rows: Record<string, DuckDBValue | undefined>[] = [];
  for (let index = 0; index < count; index++) {
    const row: Record<string, DuckDBValue | undefined> = {};
    for (let column = 0; column < names.length; column++) row[names[column] ?? ""] = columns[column]?.[index];
    rows.push(row);
  }
  return rows as Row[];
}
