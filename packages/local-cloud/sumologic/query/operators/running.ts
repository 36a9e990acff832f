import type { LogOperator } from "../operator";
import { extended } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import { numberOf, type Row } from "../values";
import { groupId } from "./aggregate";
import { readAlias, readBy, readField } from "./reading";

/** What one of these operators puts into each row, from the numbers of one group in their order. */
type Compute = (numbers: readonly number[]) => readonly (number | null)[];

const kinds: Readonly<Record<"total" | "accum" | "diff", Compute>> = {
  total(numbers) {
    const sum = numbers.reduce((total, number) => total + number, 0);
    return numbers.map(() => sum);
  },
  accum(numbers) {
    let sum = 0;
    return numbers.map((number) => {
      sum += number;
      return sum;
    });
  },
  diff: (numbers) =>
    numbers.map((number, index) => (index === 0 ? null : number - (numbers[index - 1] ?? 0))),
};

/**
 * `total x`, `accum x`, `diff x`, each with `as name by a, b`: the sum of all rows, of the rows so far, or the
 * distance from the row before. Rows in which the field is no number are left out.
 */
export const running =
  (kind: keyof typeof kinds) =>
  (tokens: Tokens): LogOperator => {
    const enclosed = tokens.accept("(");
    const field = readField(tokens);
    if (enclosed) tokens.expect(")");
    const name = readAlias(tokens) ?? `_${kind}`;
    const by = readBy(tokens);
    const groups = by.map((each) => each.name);
    const as = name === `_${kind}` ? "" : ` as ${fieldText(name)}`;
    return {
      text: `${kind} ${fieldText(field.name)}${as}${groups.length > 0 ? ` by ${groups.map(fieldText).join(", ")}` : ""}`,
      reads: [field.name, ...groups],
      fields(before) {
        for (const each of [field, ...by]) before.require(each.name, each.at);
        return before.with([name]);
      },
      stage: {
        kind: "table",
        run({ columns, rows }) {
          const numeric = rows.filter((row) => numberOf(row[field.name]) !== undefined);
          const results = new Map<Row, number | null>();
          for (const group of grouped(numeric, groups)) {
            const computed = kinds[kind](group.map((row) => numberOf(row[field.name]) ?? 0));
            for (const [index, row] of group.entries()) results.set(row, computed[index] ?? null);
          }
          return {
            columns: extended(columns, [name]),
            rows: numeric.map((row) => ({ ...row, [name]: results.get(row) ?? null })),
          };
        },
      },
    };
  };

function grouped(rows: readonly Row[], by: readonly string[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const id = groupId(row, by);
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups.values()];
}
