import type { FieldAt, LogOperator, Table } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import { compare, type Row, textOf } from "../values";
import { groupId } from "./aggregate";
import { readFields } from "./reading";

/** The most columns that may come of it. */
const most = 300;

/**
 * `transpose row a column b`: a row for each a, in it a column for each b that holds the field beside them.
 * After `as` the columns that are wanted, `*` for all others.
 */
export function transpose(tokens: Tokens): LogOperator {
  const { start } = tokens.peek();
  tokens.expect("row");
  const row = readFields(tokens);
  tokens.expect("column");
  const column = readFields(tokens);
  const wanted = tokens.accept("as") ? readWanted(tokens) : ["*"];
  const list = (fields: readonly FieldAt[]) => fields.map(({ name }) => fieldText(name)).join(", ");
  const as = wanted.map((name) => (name === "*" ? name : fieldText(name))).join(", ");
  return {
    text: `transpose row ${list(row)} column ${list(column)}${as === "*" ? "" : ` as ${as}`}`,
    reads: [...row, ...column].map(({ name }) => name),
    fields(before) {
      for (const { name, at } of [...row, ...column]) before.require(name, at);
      const values = before.others([...row, ...column].map(({ name }) => name));
      if (values && values.length !== 1) {
        const found = values.length > 0 ? values.join(", ") : "none";
        tokens.fail(
          `transpose takes one field beside its rows and columns, found ${found}: name them with "fields"`,
          start,
        );
      }
      return wanted.includes("*") ? before.open() : before.only([...row.map(({ name }) => name), ...wanted]);
    },
    stage: {
      kind: "table",
      run: (table) =>
        transposed(
          table,
          row.map(({ name }) => name),
          column.map(({ name }) => name),
          wanted,
        ),
    },
  };
}

function readWanted(tokens: Tokens): string[] {
  const wanted: string[] = [];
  do wanted.push(tokens.accept("*") ? "*" : tokens.name("a column or *"));
  while (tokens.accept(","));
  return wanted;
}

function transposed(
  table: Table,
  row: readonly string[],
  column: readonly string[],
  wanted: readonly string[],
): Table {
  const value = table.columns.find((name) => !row.includes(name) && !column.includes(name)) ?? "";
  const rows = new Map<string, Row>();
  const names = new Set<string>();
  for (const each of table.rows) {
    const name = column.map((part) => textOf(each[part])).join(",");
    names.add(name);
    const id = groupId(each, row);
    const made = rows.get(id) ?? Object.fromEntries(row.map((part) => [part, each[part] ?? null]));
    rows.set(id, { ...made, [name]: each[value] ?? null });
  }
  const dynamic = [...names].filter((name) => !wanted.includes(name)).sort(compare);
  const columns = [...row, ...wanted.flatMap((name) => (name === "*" ? dynamic.slice(0, most) : [name]))];
  const complete = (each: Row): Row => Object.fromEntries(columns.map((name) => [name, each[name] ?? null]));
  return { columns, rows: [...rows.values()].map(complete) };
}
