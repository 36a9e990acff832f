import type { Tokens } from "../tokens";
import { readAggregate, readPercentile } from "./aggregate";
import type { MetricOperator } from "./operator";
import { readQuantize } from "./quantize";
import { rate } from "./rate";
import { readEval, readRanking, readWhere } from "./scalar";
import { reducers } from "./series";
import { timeshift } from "./timeshift";

const operators: Readonly<Record<string, (tokens: Tokens) => MetricOperator>> = {
  quantize: readQuantize,
  rate,
  eval: readEval,
  where: readWhere,
  topk: (tokens) => readRanking(tokens, "topk"),
  bottomk: (tokens) => readRanking(tokens, "bottomk"),
  pct: readPercentile,
  timeshift,
  ...Object.fromEntries(
    reducers
      .filter((name) => name !== "latest")
      .map((name) => [name, (tokens: Tokens) => readAggregate(tokens, name)]),
  ),
};

/** Reads what stands between two bars. @throws QueryError. */
export function parseMetricOperator(tokens: Tokens): MetricOperator {
  const { value, start } = tokens.peek();
  const name = value.toLowerCase();
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!known) {
    return tokens.fail(
      `There is no operator ${value} for metrics here; there are ${Object.keys(operators).join(", ")}`,
      start,
    );
  }
  tokens.next();
  return known(tokens);
}
