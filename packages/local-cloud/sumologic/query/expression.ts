import type { Value } from "./values";

/** What is computed from the fields of a row. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "field"; readonly name: string; readonly at: number }
  /** The result of another query of metrics, by its letter. */
  | { readonly kind: "row"; readonly name: string; readonly at: number }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "negate" | "not"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "in"; readonly value: Expression; readonly options: readonly Expression[] }
  | {
      readonly kind: "matches";
      readonly value: Expression;
      readonly pattern: string;
      readonly regex: boolean;
    };

export type Operator = "or" | "and" | Comparison | "+" | "-" | "*" | "/" | "%";
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** The operators from the loosest to the tightest, with the other ways to write them. */
export const levels: readonly Readonly<Record<string, Operator>>[] = [
  { or: "or", "||": "or" },
  { and: "and", "&&": "and" },
  { "=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=" },
  { "+": "+", "-": "-" },
  { "*": "*", "/": "/", "%": "%" },
];
export const comparisonLevel = 2;

/** All parts of an expression, itself first. */
export function parts(expression: Expression): Expression[] {
  return [expression, ...inner(expression).flatMap(parts)];
}

function inner(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "call":
      return expression.args;
    case "negate":
    case "not":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "in":
      return [expression.value, ...expression.options];
    case "matches":
      return [expression.value];
    default:
      return [];
  }
}
