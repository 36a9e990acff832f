import type { Range } from "./functions";
import type { LogQuery } from "./log-query";
import { isAggregate } from "./log-query";
import { metadata } from "./metadata";
import type { Grouping, LogOperator, Table } from "./operator";
import { scopeTest } from "./scope";
import { type Row, textOf } from "./values";

/** What a query answers: the messages it found, or the records it made of them. */
export interface LogResult extends Table {
  readonly kind: "messages" | "records";
}

/** More messages than these are not kept where no records are made of them. */
export const mostMessages = 100_000;

/** A query under way: it is given messages, the newest first, and then asked for its result. */
export class LogRun {
  private readonly steps: readonly ((row: Row) => Row | undefined)[];
  private readonly grouping: Grouping | undefined;
  private readonly rest: readonly LogOperator[];
  private readonly columns: readonly string[];
  private readonly collected: Row[] = [];
  private readonly inScope: (row: Row) => boolean;

  constructor(
    private readonly query: LogQuery,
    private readonly range: Range,
  ) {
    this.inScope = scopeTest(query.scope, (row) => textOf(row._raw));
    const { operators } = query;
    const first = operators.findIndex(({ stage }) => stage.kind !== "each");
    const each = first < 0 ? operators : operators.slice(0, first);
    this.steps = each.flatMap(({ stage }) => (stage.kind === "each" ? [stage.start(range)] : []));
    this.columns = columnsAfter(each, Object.keys(metadata));
    const next = operators[each.length];
    this.grouping = next?.stage.kind === "group" ? next.stage.start(range) : undefined;
    this.rest = operators.slice(this.grouping ? each.length + 1 : each.length);
  }

  /** Whether further messages would change nothing. */
  get isFull(): boolean {
    return this.collected.length >= mostMessages;
  }

  add(message: Row): void {
    if (!this.inScope(message)) return;
    let row: Row | undefined = message;
    for (const step of this.steps) {
      row = step(row);
      if (!row) return;
    }
    if (this.grouping) this.grouping.add(row);
    else if (!this.isFull) this.collected.push(row);
  }

  finish(): LogResult {
    const start = this.grouping?.finish() ?? { columns: this.columns, rows: this.collected };
    const table = this.rest.reduce((before, operator) => applied(operator, before, this.range), start);
    return { kind: isAggregate(this.query) ? "records" : "messages", ...table };
  }
}

/** Runs a query over messages that are there, the newest first. */
export function runLogQuery(query: LogQuery, messages: Iterable<Row>, range: Range): LogResult {
  const run = new LogRun(query, range);
  for (const message of messages) run.add(message);
  return run.finish();
}

function applied({ stage }: LogOperator, table: Table, range: Range): Table {
  if (stage.kind === "table") return stage.run(table, range);
  if (stage.kind === "group") {
    const grouping = stage.start(range);
    for (const row of table.rows) grouping.add(row);
    return grouping.finish();
  }
  const step = stage.start(range);
  const rows = table.rows.map(step).filter((row) => row !== undefined);
  return { columns: stage.columns(table.columns), rows };
}

function columnsAfter(operators: readonly LogOperator[], before: readonly string[]): readonly string[] {
  return operators.reduce(
    (columns, { stage }) => (stage.kind === "each" ? stage.columns(columns) : columns),
    before,
  );
}
