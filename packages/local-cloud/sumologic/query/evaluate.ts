import type { Expression } from "./expression";
import { functions, holds, type Range } from "./functions";
import { isTrue, numberOf, type Row, textOf, type Value, wildcard } from "./values";

/** Computes a value from the fields of a row; what is not there is null. */
export type Evaluation = (row: Row) => Value;

/** An expression made ready to be computed for many rows. */
export function evaluation(expression: Expression, range: Range): Evaluation {
  const of = (inner: Expression) => evaluation(inner, range);
  switch (expression.kind) {
    case "literal":
      return () => expression.value;
    case "field":
    case "row":
      return (row) => row[expression.name] ?? null;
    case "call": {
      const args = expression.args.map(of);
      const known = functions[expression.name];
      return (row) =>
        known?.call(
          args.map((arg) => arg(row)),
          range,
        ) ?? null;
    }
    case "negate": {
      const operand = of(expression.operand);
      return (row) => arithmetic("-", 0, operand(row));
    }
    case "not": {
      const operand = of(expression.operand);
      return (row) => !isTrue(operand(row));
    }
    case "binary":
      return binary(expression.operator, of(expression.left), of(expression.right));
    case "in": {
      const value = of(expression.value);
      const options = expression.options.map(of);
      return (row) => options.some((option) => holds("=", value(row), option(row)));
    }
    case "matches": {
      const value = of(expression.value);
      const pattern = new RegExp(expression.regex ? expression.pattern : `^${wildcard(expression.pattern)}$`);
      return (row) => pattern.test(textOf(value(row)));
    }
  }
}

function binary(operator: string, left: Evaluation, right: Evaluation): Evaluation {
  if (operator === "and") return (row) => isTrue(left(row)) && isTrue(right(row));
  if (operator === "or") return (row) => isTrue(left(row)) || isTrue(right(row));
  if ("+-*/%".includes(operator)) return (row) => arithmetic(operator, left(row), right(row));
  return (row) => holds(operator, left(row), right(row));
}

/** Null where a side is no number, or the result is none. */
function arithmetic(operator: string, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return null;
  const result = compute(operator, a, b);
  return Number.isFinite(result) ? result : null;
}

function compute(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return a % b;
  }
}
