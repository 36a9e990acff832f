import type { Range } from "../functions";
import type { LogOperator, Table } from "../operator";
import { durationText, fieldText, quoted, type Tokens, unescaped } from "../tokens";
import { numberOf, type Row, type Value } from "../values";
import { groupId } from "./aggregate";
import { readField } from "./reading";

/** The most rows that the generators may make. */
const most = 10_000;

interface Generator {
  readonly field: string;
  readonly at: number;
  readonly text: string;
  values(table: Table, range: Range): readonly Value[];
}

/**
 * `fillmissing timeslice(1m), values("a", "b") in x, values all in y with 0 for _count`: adds the rows that are
 * not there for some of these values; their other fields hold 0, or null where the field holds texts.
 */
export function fillmissing(tokens: Tokens): LogOperator {
  const generators = [readGenerator(tokens)];
  while (tokens.accept(",")) generators.push(readGenerator(tokens));
  const given = new Map<string, Value>();
  if (tokens.accept("with")) {
    do {
      const value = readConstant(tokens);
      tokens.expect("for");
      given.set(readField(tokens).name, value);
    } while (tokens.accept(","));
  }
  const constants = [...given].map(
    ([name, value]) => `${typeof value === "string" ? quoted(value) : value} for ${fieldText(name)}`,
  );
  return {
    text: `fillmissing ${generators.map(({ text }) => text).join(", ")}${constants.length > 0 ? ` with ${constants.join(", ")}` : ""}`,
    reads: [],
    fields(before) {
      for (const { field, at } of generators) before.require(field, at);
      return before;
    },
    stage: { kind: "table", run: (table, range) => filled(table, range, generators, given) },
  };
}

function readGenerator(tokens: Tokens): Generator {
  if (tokens.accept("timeslice")) return readTimeslices(tokens);
  if (!tokens.accept("values")) tokens.unexpected('"timeslice" or "values"');
  if (tokens.accept("all")) {
    tokens.expect("in");
    const { name, at } = readField(tokens);
    const all = ({ rows }: Table) => [...new Set(rows.map((row) => row[name] ?? null))];
    return { field: name, at, text: `values all in ${fieldText(name)}`, values: all };
  }
  tokens.expect("(");
  const values: string[] = [];
  do values.push(unescaped(tokens.string("a value")));
  while (tokens.accept(","));
  tokens.expect(")");
  tokens.expect("in");
  const { name, at } = readField(tokens);
  const list = values.map((value) => quoted(value)).join(", ");
  return { field: name, at, text: `values(${list}) in ${fieldText(name)}`, values: () => values };
}

function readTimeslices(tokens: Tokens): Generator {
  const { start } = tokens.peek();
  let length: number | undefined;
  if (tokens.accept("(")) {
    length = tokens.acceptDuration() ?? tokens.unexpected("a length of time such as 1m");
    tokens.expect(")");
  }
  const { name, at } = tokens.accept("in") ? readField(tokens) : { name: "_timeslice", at: start };
  return {
    field: name,
    at,
    text: `timeslice${length === undefined ? "" : `(${durationText(length)})`}${name === "_timeslice" ? "" : ` in ${fieldText(name)}`}`,
    values({ rows }, { from, to, scale = 1 }) {
      const slice =
        length === undefined ? spacing(rows.map((row) => numberOf(row[name]) ?? 0)) : length / scale;
      if (slice === undefined) return [];
      const first = Math.floor(from / slice) * slice;
      const count = Math.min(Math.ceil((to - first) / slice), most);
      return Array.from({ length: count }, (_, index) => first + index * slice);
    },
  };
}

/** The smallest distance between two of the times: the slices' length, where the query doesn't tell. */
function spacing(times: readonly number[]): number | undefined {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? 0));
  return gaps.length > 0 ? Math.min(...gaps) : undefined;
}

function readConstant(tokens: Tokens): Value {
  const minus = tokens.accept("-");
  const { kind, value } = tokens.peek();
  if (kind !== "number" && (minus || (kind !== "string" && value.toLowerCase() !== "null"))) {
    tokens.unexpected("a number, a text or null");
  }
  tokens.next();
  if (kind === "number") return minus ? -Number(value) : Number(value);
  return kind === "string" ? unescaped(value) : null;
}

function filled(
  table: Table,
  range: Range,
  generators: readonly Generator[],
  given: ReadonlyMap<string, Value>,
): Table {
  const keys = generators.map(({ field }) => field);
  const there = new Set(table.rows.map((row) => groupId(row, keys)));
  const blank = Object.fromEntries(table.columns.map((name) => [name, given.get(name) ?? zero(table, name)]));
  const wanted = generators.reduce<readonly Row[]>(
    (rows, generator) => {
      const values = generator.values(table, range);
      return rows
        .flatMap((row) => values.map((value) => ({ ...row, [generator.field]: value })))
        .slice(0, most);
    },
    [{}],
  );
  const missing = wanted.filter((row) => !there.has(groupId(row, keys)));
  return { columns: table.columns, rows: [...table.rows, ...missing.map((row) => ({ ...blank, ...row }))] };
}

function zero({ rows }: Table, column: string): Value {
  const sample = rows.find((row) => (row[column] ?? null) !== null)?.[column];
  if (typeof sample === "boolean") return false;
  return typeof sample === "number" ? 0 : null;
}
