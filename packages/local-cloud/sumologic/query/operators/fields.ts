import type { LogOperator } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import type { Row } from "../values";
import { readFields } from "./reading";

/** `fields a, b` keeps these fields and no other; `fields - a, b` all but these. */
export function fields(tokens: Tokens): LogOperator {
  const leaveOut = tokens.accept("-");
  const given = readFields(tokens);
  const names = given.map(({ name }) => name);
  const kept = (before: readonly string[]) =>
    leaveOut ? before.filter((name) => !names.includes(name)) : names;
  return {
    text: `fields ${leaveOut ? "- " : ""}${names.map(fieldText).join(", ")}`,
    reads: leaveOut ? [] : names,
    fields(before) {
      for (const { name, at } of given) before.require(name, at);
      return leaveOut ? before.without(names) : before.only(names);
    },
    stage: {
      kind: "each",
      columns: kept,
      start: () => (row) => {
        const left: Row = {};
        for (const name of kept(Object.keys(row))) left[name] = row[name] ?? null;
        return left;
      },
    },
  };
}
