import type { Range } from "./functions";
import type { Tokens } from "./tokens";
import type { Row } from "./values";

/** A part of a query between two bars. */
export interface LogOperator {
  /** As it is written. */
  readonly text: string;
  /** The fields that it needs of a message. */
  readonly reads: readonly string[];
  /** The fields that there are after it. @throws QueryError where it needs one that is not there. */
  fields(before: Fields): Fields;
  readonly stage: Stage;
}

/** Reads an operator whose name has been read. @throws QueryError. */
export type OperatorParser = (tokens: Tokens) => LogOperator;

/** How an operator is run. */
export type Stage =
  /** Row by row; a row may be dropped. */
  | {
      readonly kind: "each";
      columns(before: readonly string[]): readonly string[];
      start(range: Range): (row: Row) => Row | undefined;
    }
  /** All rows make a new table. */
  | { readonly kind: "group"; start(range: Range): Grouping }
  /** A whole table. */
  | { readonly kind: "table"; run(table: Table, range: Range): Table };

export interface Grouping {
  add(row: Row): void;
  finish(): Table;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** The fields that are known at one place of a query. */
export class Fields {
  /**
   * @param names undefined where they depend on the data.
   * @param fail throws the error for a place.
   */
  constructor(
    private readonly names: ReadonlySet<string> | undefined,
    private readonly fail: (problem: string, at: number) => never,
  ) {}

  /** @throws QueryError where there is no such field. */
  require(name: string, at: number): void {
    if (!this.names || this.names.has(name)) return;
    const known = [...this.names].filter((other) => !other.startsWith("__")).sort();
    this.fail(`There is no field ${name} here; there are ${known.join(", ")}`, at);
  }

  with(names: readonly string[]): Fields {
    return new Fields(this.names && new Set([...this.names, ...names]), this.fail);
  }

  without(names: readonly string[]): Fields {
    return new Fields(
      this.names && new Set([...this.names].filter((name) => !names.includes(name))),
      this.fail,
    );
  }

  only(names: readonly string[]): Fields {
    return new Fields(new Set(names), this.fail);
  }

  /** The fields but these; undefined where they depend on the data. */
  others(names: readonly string[]): string[] | undefined {
    return this.names && [...this.names].filter((name) => !names.includes(name));
  }

  /** Any field may be there. */
  open(): Fields {
    return new Fields(undefined, this.fail);
  }
}

/** A field's name and where it stands. */
export interface FieldAt {
  readonly name: string;
  readonly at: number;
}

/** Columns with further ones at the end, each once. */
export function extended(before: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...before, ...more])];
}
