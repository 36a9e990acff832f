import { evaluation } from "../evaluate";
import type { Expression } from "../expression";
import { parts } from "../expression";
import { parseExpression } from "../expression-parser";
import { expressionText } from "../expression-text";
import { extended, type Fields, type LogOperator } from "../operator";
import { fieldText, type Tokens } from "../tokens";
import { isTrue } from "../values";

/** `where condition`: keeps the rows for which it holds. */
export function where(tokens: Tokens): LogOperator {
  const condition = parseExpression(tokens);
  return {
    text: `where ${expressionText(condition)}`,
    reads: fieldsOf(condition),
    fields(before) {
      check(condition, before);
      return before;
    },
    stage: {
      kind: "each",
      columns: (before) => before,
      start(range) {
        const holds = evaluation(condition, range);
        return (row) => (isTrue(holds(row)) ? row : undefined);
      },
    },
  };
}

/** `expression as name`: computes a field. `num(x)` alone makes a number of the field in its place. */
export function assign(tokens: Tokens): LogOperator {
  const { start } = tokens.peek();
  const expression = parseExpression(tokens);
  const [argument] = expression.kind === "call" && expression.name === "num" ? expression.args : [];
  const inPlace = argument?.kind === "field" ? argument.name : undefined;
  if (inPlace === undefined && !tokens.is("as")) {
    if (expression.kind === "field") tokens.fail(`There is no operator ${expression.name} here`, start);
    tokens.unexpected('"as" and a name for the result');
  }
  const name = tokens.accept("as") ? tokens.name("a name for the result") : (inPlace ?? "");
  return {
    text: `${expressionText(expression)} as ${fieldText(name)}`,
    reads: fieldsOf(expression),
    fields(before) {
      check(expression, before);
      return before.with([name]);
    },
    stage: {
      kind: "each",
      columns: (before) => extended(before, [name]),
      start(range) {
        const compute = evaluation(expression, range);
        return (row) => ({ ...row, [name]: compute(row) });
      },
    },
  };
}

function fieldsOf(expression: Expression): string[] {
  return parts(expression).flatMap((part) => (part.kind === "field" ? [part.name] : []));
}

function check(expression: Expression, fields: Fields): void {
  for (const part of parts(expression)) {
    if (part.kind === "field") fields.require(part.name, part.at);
  }
}
