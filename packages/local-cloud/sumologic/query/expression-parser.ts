import { comparisonLevel, type Expression, levels } from "./expression";
import { functions } from "./functions";
import { canonical } from "./metadata";
import { type Tokens, unescaped } from "./tokens";

/** Reads an expression. @throws QueryError. */
export function parseExpression(tokens: Tokens): Expression {
  const condition = binary(tokens, 0);
  if (!tokens.accept("?")) return condition;
  const yes = parseExpression(tokens);
  tokens.expect(":");
  return { kind: "call", name: "if", args: [condition, yes, parseExpression(tokens)] };
}

function binary(tokens: Tokens, level: number): Expression {
  const operators = levels[level];
  if (!operators) return unary(tokens);
  if (level === comparisonLevel && tokens.accept("not")) {
    return { kind: "not", operand: binary(tokens, comparisonLevel) };
  }
  let left = binary(tokens, level + 1);
  for (;;) {
    if (level === comparisonLevel) {
      const test = membership(tokens, left);
      if (test) {
        left = test;
        continue;
      }
    }
    const { kind, value } = tokens.peek();
    const operator = kind === "string" ? undefined : operators[value.toLowerCase()];
    if (!operator) return left;
    tokens.next();
    left = { kind: "binary", operator, left, right: binary(tokens, level + 1) };
  }
}

/** `in (…)` and `matches …`, perhaps after `not`. */
function membership(tokens: Tokens, value: Expression): Expression | undefined {
  const not = tokens.acceptAll("not", "in")
    ? "in"
    : tokens.acceptAll("not", "matches")
      ? "matches"
      : undefined;
  const word = not ?? ["in", "matches"].find((each) => tokens.accept(each));
  if (!word) return undefined;
  const test = word === "in" ? within(tokens, value) : matching(tokens, value);
  return not ? { kind: "not", operand: test } : test;
}

function within(tokens: Tokens, value: Expression): Expression {
  tokens.expect("(");
  const options = [parseExpression(tokens)];
  while (tokens.accept(",")) options.push(parseExpression(tokens));
  tokens.expect(")");
  return { kind: "in", value, options };
}

function matching(tokens: Tokens, value: Expression): Expression {
  const { start } = tokens.peek();
  const regex = tokens.regex();
  if (regex !== undefined) checkRegex(tokens, regex, start);
  const pattern = regex ?? unescaped(tokens.string("a pattern between slashes or"));
  return { kind: "matches", value, pattern, regex: regex !== undefined };
}

/** @throws QueryError where it is not a regular expression. */
export function checkRegex(tokens: Tokens, source: string, at: number): void {
  try {
    new RegExp(source);
  } catch (error) {
    tokens.fail(error instanceof Error ? error.message : String(error), at);
  }
}

function unary(tokens: Tokens): Expression {
  if (tokens.accept("-")) {
    const operand = unary(tokens);
    return operand.kind === "literal" && typeof operand.value === "number"
      ? { kind: "literal", value: -operand.value }
      : { kind: "negate", operand };
  }
  if (tokens.accept("!")) return { kind: "not", operand: unary(tokens) };
  if (tokens.accept("(")) {
    const inner = parseExpression(tokens);
    tokens.expect(")");
    return inner;
  }
  const { kind, value, start } = tokens.peek();
  if (kind === "number" || kind === "string" || kind === "row" || kind === "word") tokens.next();
  else tokens.unexpected("a field, a number, a text or a function");
  if (kind === "number") return { kind: "literal", value: Number(value) };
  if (kind === "string") return { kind: "literal", value: unescaped(value) };
  if (kind === "row") return { kind: "row", name: value, at: start };
  if (tokens.is("(")) return call(tokens, value, start);
  const constant = { true: true, false: false, null: null }[value.toLowerCase()];
  return constant === undefined
    ? { kind: "field", name: canonical(value), at: start }
    : { kind: "literal", value: constant };
}

function call(tokens: Tokens, written: string, at: number): Expression {
  const name = written.toLowerCase();
  const known = functions[name];
  if (!known) return tokens.fail(`There is no function ${written} here`, at);
  const args: Expression[] = [];
  tokens.expect("(");
  if (!tokens.is(")")) {
    do args.push(parseExpression(tokens));
    while (tokens.accept(","));
  }
  tokens.expect(")");
  const [fewest, most] = known.takes;
  if (args.length < fewest || args.length > most) {
    const takes = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
    tokens.fail(`${written} takes ${takes} arguments, not ${args.length}`, at);
  }
  return { kind: "call", name, args };
}
