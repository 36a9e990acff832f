import { type Accumulator, accumulators, percentile } from "../accumulators";
import type { FieldAt, Grouping, LogOperator } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import { type Row, textOf, type Value } from "../values";
import { readAlias, readBy, readField, readFields } from "./reading";

/** The names that a list of aggregates may begin with. */
export const aggregateNames = [...Object.keys(accumulators), "pct"];

/** A column of the result. */
interface Aggregate {
  readonly column: string;
  readonly text: string;
  /** Undefined for a count of the rows. */
  readonly field: FieldAt | undefined;
  start(): Accumulator;
}

/** `count as n, sum(x) by a, b`: a row for each different a and b. @param first name of the first aggregate. */
export function aggregate(tokens: Tokens, first: string): LogOperator {
  const at = tokens.peek().start;
  const columns = readAggregate(tokens, first);
  const bare = first === "count" && tokens.peek().kind === "word" && !tokens.is("by") && !tokens.is("group");
  const bareBy = bare ? readFields(tokens) : [];
  while (bareBy.length === 0 && tokens.accept(",")) {
    const name = aggregateNames.find((each) => tokens.accept(each));
    columns.push(
      ...(name ? readAggregate(tokens, name) : tokens.unexpected(`one of ${aggregateNames.join(", ")}`)),
    );
  }
  const by = [...bareBy, ...readBy(tokens)];
  const names = [...by.map(({ name }) => name), ...columns.map(({ column }) => column)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) tokens.fail(`There would be two fields ${twice}: give them names with "as"`, at);

  const inputs = columns.flatMap(({ field }) => field ?? []);
  const list = [...new Set(columns.map(({ text }) => text))].join(", ");
  return {
    text: by.length > 0 ? `${list} by ${by.map(({ name }) => fieldText(name)).join(", ")}` : list,
    reads: [...by, ...inputs].map(({ name }) => name),
    fields(before) {
      for (const { name, at } of [...by, ...inputs]) before.require(name, at);
      return before.only(names);
    },
    stage: {
      kind: "group",
      start: () =>
        grouping(
          by.map(({ name }) => name),
          columns,
        ),
    },
  };
}

function readAggregate(tokens: Tokens, name: string): Aggregate[] {
  if (name === "count" && !tokens.is("(")) return [counted(readAlias(tokens))];
  tokens.expect("(");
  if (name === "count" && tokens.accept("*")) {
    tokens.expect(")");
    return [counted(readAlias(tokens))];
  }
  const field = readField(tokens, `a field: ${name} takes no expression, compute it before with "as"`);
  const percents = name === "pct" ? readPercents(tokens) : [];
  tokens.expect(")");
  const alias = percents.length > 1 ? undefined : readAlias(tokens);
  const as = alias === undefined ? "" : ` as ${fieldText(alias)}`;
  if (name === "pct") {
    const text = `pct(${[fieldText(field.name), ...percents].join(", ")})${as}`;
    return percents.map((percent) => ({
      column: alias ?? `_${field.name}_pct_${percent}`,
      text,
      field,
      start: () => percentile(percent),
    }));
  }
  const start = accumulators[name] ?? tokens.unexpected("an aggregate");
  return [{ column: alias ?? `_${name}`, text: `${name}(${fieldText(field.name)})${as}`, field, start }];
}

/** A count of the rows. */
export function counted(alias: string | undefined): Aggregate {
  return {
    column: alias ?? "_count",
    text: alias === undefined ? "count" : `count as ${fieldText(alias)}`,
    field: undefined,
    start: () => accumulators.count?.() ?? percentile(0),
  };
}

function readPercents(tokens: Tokens): number[] {
  const percents: number[] = [];
  while (tokens.accept(",")) {
    const { kind, value } = tokens.peek();
    if (kind !== "number" || Number(value) > 100) tokens.unexpected("a percentile from 0 to 100");
    percents.push(Number(tokens.next().value));
  }
  return percents.length > 0 ? percents : [50];
}

/** The groups of rows with the same fields `by`, as they come in. */
export function grouping(by: readonly string[], columns: readonly Aggregate[]): Grouping {
  const groups = new Map<string, { readonly key: Row; readonly accumulators: readonly Accumulator[] }>();
  const start = (key: Row) => ({ key, accumulators: columns.map((column) => column.start()) });
  return {
    add(row) {
      const id = groupId(row, by);
      const group = groups.get(id) ?? start(Object.fromEntries(by.map((name) => [name, row[name] ?? null])));
      groups.set(id, group);
      for (const [index, { field }] of columns.entries()) {
        group.accumulators[index]?.add(field ? (row[field.name] ?? null) : 1);
      }
    },
    finish() {
      return {
        columns: [...by, ...columns.map(({ column }) => column)],
        rows: [...groups.values()].map(({ key, accumulators: each }) => ({
          ...key,
          ...Object.fromEntries(
            columns.map(({ column }, index): [string, Value] => [column, each[index]?.result() ?? null]),
          ),
        })),
      };
    },
  };
}

/** What the rows of one group have in common. */
export function groupId(row: Row, by: readonly string[]): string {
  return by.length === 1 ? textOf(row[by[0] ?? ""]) : JSON.stringify(by.map((name) => textOf(row[name])));
}
