import { compare, isTrue, numberOf, textOf, type Value } from "./values";

/** What a query is run on: times in milliseconds since the epoch, `to` not part of it. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** By how much the lengths of time in the query are shortened; default 1. */
  readonly scale?: number;
}

/** A function of the query language. */
export interface QueryFunction {
  /** Fewest and most arguments. */
  readonly takes: readonly [number, number];
  call(args: readonly Value[], range: Range): Value;
}

const numeric = (compute: (...numbers: number[]) => number, takes: readonly [number, number] = [1, 1]) => ({
  takes,
  call: (args: readonly Value[]): Value => {
    const numbers = args.map(numberOf);
    if (numbers.some((number) => number === undefined)) return null;
    const result = compute(...numbers.map(Number));
    return Number.isFinite(result) ? result : null;
  },
});
const textual = (compute: (...texts: string[]) => Value, takes: readonly [number, number] = [1, 1]) => ({
  takes,
  call: (args: readonly Value[]): Value => compute(...args.map(textOf)),
});
const ofRange = (compute: (range: Range) => number) => ({
  takes: [0, 0] as const,
  call: (_: readonly Value[], range: Range): Value => compute(range),
});
const many = [2, 64] as const;

/** By their names in lower case. */
export const functions: Readonly<Record<string, QueryFunction>> = {
  abs: numeric((number = 0) => Math.abs(number)),
  ceil: numeric((number = 0) => Math.ceil(number)),
  exp: numeric((number = 0) => Math.exp(number)),
  floor: numeric((number = 0) => Math.floor(number)),
  log: numeric((number = 0) => Math.log(number)),
  log10: numeric((number = 0) => Math.log10(number)),
  pow: numeric((base = 0, power = 0) => base ** power, [2, 2]),
  round: numeric((number = 0, digits = 0) => Math.round(number * 10 ** digits) / 10 ** digits, [1, 2]),
  sqrt: numeric((number = 0) => Math.sqrt(number)),
  max: numeric(Math.max, many),
  min: numeric(Math.min, many),

  concat: textual((...texts) => texts.join(""), many),
  contains: textual((text, part = "") => (text ?? "").includes(part), [2, 2]),
  length: textual((text = "") => text.length),
  substring: textual(
    (text = "", from, to) => text.substring(Number(from), to ? Number(to) : undefined),
    [2, 3],
  ),
  tolowercase: textual((text = "") => text.toLowerCase()),
  touppercase: textual((text = "") => text.toUpperCase()),
  trim: textual((text = "") => text.trim()),
  replace: textual((text = "", part = "", by = "") => text.replaceAll(part, by), [3, 3]),

  if: { takes: [3, 3], call: ([condition = null, yes = null, no = null]) => (isTrue(condition) ? yes : no) },
  isblank: textual((text = "") => text.trim() === ""),
  isempty: textual((text) => text === ""),
  isnull: { takes: [1, 1], call: ([value = null]) => value === null },
  isnumeric: { takes: [1, 1], call: ([value]) => numberOf(value) !== undefined },
  num: numeric((number) => Number(number)),
  number: numeric((number) => Number(number)),

  formatdate: { takes: [1, 2], call: ([time = null, format = null]) => formatDate(time, textOf(format)) },
  now: ofRange(({ to }) => to),
  querystarttime: ofRange(({ from }) => from),
  queryendtime: ofRange(({ to }) => to),
  querytimerange: ofRange(({ from, to }) => to - from),
};

/** Time in UTC by Java's letters. */
function formatDate(time: Value, format: string): Value {
  const ms = numberOf(time);
  if (ms === undefined) return null;
  const [year, month, day, hour, minute, second, fraction] = new Date(ms).toISOString().match(/\d+/g) ?? [];
  const letters: Readonly<Record<string, string | undefined>> = {
    yyyy: year,
    MM: month,
    dd: day,
    HH: hour,
    mm: minute,
    ss: second,
    SSS: fraction,
  };
  return (format || "yyyy-MM-dd").replace(/yyyy|MM|dd|HH|mm|ss|SSS/g, (letter) => letters[letter] ?? letter);
}

/** The outcome of a comparison; null is like nothing, not even null. */
export function holds(operator: string, left: Value, right: Value): boolean {
  if (left === null || right === null) return operator === "!=" && left !== right;
  const order = compare(left, right);
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}
