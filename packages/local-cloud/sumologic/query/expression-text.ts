import { comparisonLevel, type Expression, levels } from "./expression";
import { fieldText, quoted } from "./tokens";

/** An expression as it is written. */
export function expressionText(expression: Expression, tightness = 0): string {
  const enclosed = (level: number, text: string) => (level < tightness ? `(${text})` : text);
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? quoted(expression.value) : String(expression.value);
    case "field":
      return fieldText(expression.name);
    case "row":
      return `#${expression.name}`;
    case "call":
      return `${expression.name}(${expression.args.map((arg) => expressionText(arg)).join(", ")})`;
    case "negate":
    case "not":
      return `${expression.kind === "negate" ? "-" : "!"}${expressionText(expression.operand, levels.length)}`;
    case "binary": {
      const level = levels.findIndex((operators) => expression.operator in operators);
      const left = expressionText(expression.left, level);
      return enclosed(level, `${left} ${expression.operator} ${expressionText(expression.right, level + 1)}`);
    }
    case "in": {
      const options = expression.options.map((option) => expressionText(option)).join(", ");
      return enclosed(
        comparisonLevel,
        `${expressionText(expression.value, comparisonLevel)} in (${options})`,
      );
    }
    case "matches": {
      const pattern = expression.regex ? `/${expression.pattern}/` : quoted(expression.pattern);
      return enclosed(
        comparisonLevel,
        `${expressionText(expression.value, comparisonLevel)} matches ${pattern}`,
      );
    }
  }
}
