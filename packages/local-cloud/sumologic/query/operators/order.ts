import type { FieldAt, Grouping, LogOperator, Table } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import { compare, type Row } from "../values";
import { counted, groupId, grouping } from "./aggregate";
import { readBy, readField } from "./reading";

interface Key extends FieldAt {
  readonly ascending: boolean;
}

/** `sort by a, +b, c asc`: the greatest first, unless `+` or `asc` is said. */
export function sort(tokens: Tokens): LogOperator {
  tokens.accept("by");
  const keys = [readKey(tokens)];
  while (tokens.accept(",")) keys.push(readKey(tokens));
  return {
    text: `sort by ${keys.map(({ name, ascending }) => `${fieldText(name)}${ascending ? " asc" : ""}`).join(", ")}`,
    reads: keys.map(({ name }) => name),
    fields(before) {
      for (const { name, at } of keys) before.require(name, at);
      return before;
    },
    stage: { kind: "table", run: ({ columns, rows }) => ({ columns, rows: [...rows].sort(ordering(keys)) }) },
  };
}

function readKey(tokens: Tokens): Key {
  const sign = tokens.accept("+") ? "+" : tokens.accept("-") ? "-" : undefined;
  const field = readField(tokens);
  const word = tokens.accept("asc") ? "asc" : tokens.accept("desc") ? "desc" : undefined;
  return { ...field, ascending: sign === "+" || word === "asc" };
}

/** Rows without a value come last. */
function ordering(keys: readonly Key[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { name, ascending } of keys) {
      const [left, right] = [a[name] ?? null, b[name] ?? null];
      if (left === null || right === null) {
        if (left !== right) return left === null ? 1 : -1;
        continue;
      }
      const order = compare(left, right);
      if (order !== 0) return ascending ? order : -order;
    }
    return 0;
  };
}

/** `limit 10`: the first rows. */
export function limit(tokens: Tokens): LogOperator {
  const count = tokens.integer("how many rows to keep");
  return {
    text: `limit ${count}`,
    reads: [],
    fields: (before) => before,
    stage: { kind: "table", run: ({ columns, rows }) => ({ columns, rows: rows.slice(0, count) }) },
  };
}

/** `topk(3, _count) by x`: the rows of each x with the greatest count, with their `_rank`. */
export function topk(tokens: Tokens): LogOperator {
  tokens.expect("(");
  const count = tokens.integer("how many rows to keep");
  tokens.expect(",");
  const field = readField(tokens);
  tokens.expect(")");
  const by = readBy(tokens);
  const names = by.map(({ name }) => name);
  return {
    text: `topk(${count}, ${fieldText(field.name)})${names.length > 0 ? ` by ${names.map(fieldText).join(", ")}` : ""}`,
    reads: [field.name, ...names],
    fields(before) {
      for (const { name, at } of [field, ...by]) before.require(name, at);
      return before.with(["_rank"]);
    },
    stage: { kind: "table", run: (table) => ranked(table, count, { ...field, ascending: false }, names) },
  };
}

function ranked({ columns, rows }: Table, count: number, key: Key, by: readonly string[]): Table {
  const ranks = new Map<string, number>();
  const kept = [...rows].sort(ordering([key])).flatMap((row) => {
    const group = groupId(row, by);
    const rank = (ranks.get(group) ?? 0) + 1;
    ranks.set(group, rank);
    return rank > count ? [] : [{ _rank: rank, ...row }];
  });
  return { columns: ["_rank", ...columns], rows: kept };
}

/** `top 5 a by b`: the rows with the greatest b, of which a and b are kept; without `by` it counts the rows by a. */
export function top(tokens: Tokens): LogOperator {
  const count = tokens.integer("how many rows to keep");
  const field = readField(tokens);
  const key = tokens.accept("by") && !tokens.accept("count") ? readField(tokens) : undefined;
  const start = () => (key ? collecting([field.name, key.name]) : counting(field.name));
  const order = ordering([{ ...(key ?? { name: "_count", at: 0 }), ascending: false }]);
  return {
    text: `top ${count} ${fieldText(field.name)} by ${key ? fieldText(key.name) : "count"}`,
    reads: [field.name, ...(key ? [key.name] : [])],
    fields(before) {
      for (const { name, at } of key ? [field, key] : [field]) before.require(name, at);
      return before.only([field.name, key?.name ?? "_count"]);
    },
    stage: {
      kind: "group",
      start() {
        const { add, finish } = start();
        const first = ({ columns, rows }: Table) => ({
          columns,
          rows: [...rows].sort(order).slice(0, count),
        });
        return { add, finish: () => first(finish()) };
      },
    },
  };
}

const counting = (field: string) => grouping([field], [counted(undefined)]);

function collecting(columns: readonly string[]): Grouping {
  const rows: Row[] = [];
  return {
    add: (row) => void rows.push(Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
    finish: () => ({ columns, rows }),
  };
}
