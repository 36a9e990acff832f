import { evaluation } from "../evaluate";
import { type Expression, parts } from "../expression";
import { parseExpression } from "../expression-parser";
import { expressionText } from "../expression-text";
import type { Tokens } from "../tokens";
import { isTrue, numberOf, type Row } from "../values";
import type { MetricOperator } from "./operator";
import { type Reducer, reduce, reducers, type Series } from "./series";

/** `eval 100 * _value / max`: computes each value anew. */
export function readEval(tokens: Tokens): MetricOperator {
  const expression = readScalar(tokens);
  return {
    text: `eval ${expressionText(expression)}`,
    lookback: 0,
    run: ({ series, quantized: done }, range) => ({
      quantized: done,
      series: series.map((each) => {
        const compute = evaluation(expression, range);
        const scalars = scalarsOf(each, expression);
        const points = each.points.flatMap(({ time, value }) => {
          const result = numberOf(compute({ ...scalars, _value: value }));
          return result === undefined ? [] : [{ time, value: result }];
        });
        return { ...each, points };
      }),
    }),
  };
}

/** `where _value > 3` keeps points, `where max > 3` whole series. */
export function readWhere(tokens: Tokens): MetricOperator {
  const expression = readScalar(tokens);
  const ofPoints = parts(expression).some((part) => part.kind === "field" && part.name === "_value");
  return {
    text: `where ${expressionText(expression)}`,
    lookback: 0,
    run({ series, quantized: done }, range) {
      const holds = evaluation(expression, range);
      const kept = series.flatMap((each) => {
        const scalars = scalarsOf(each, expression);
        if (!ofPoints) return isTrue(holds(scalars)) ? [each] : [];
        const points = each.points.filter(({ value }) => isTrue(holds({ ...scalars, _value: value })));
        return points.length > 0 ? [{ ...each, points }] : [];
      });
      return { quantized: done, series: kept };
    },
  };
}

/** `topk(3, max)`: the series for which it is greatest, greatest first; `bottomk` least. */
export function readRanking(tokens: Tokens, name: "topk" | "bottomk"): MetricOperator {
  tokens.expect("(");
  const count = tokens.integer("how many series to keep");
  tokens.expect(",");
  const expression = readScalar(tokens);
  tokens.expect(")");
  const sign = name === "topk" ? -1 : 1;
  return {
    text: `${name}(${count}, ${expressionText(expression)})`,
    lookback: 0,
    run({ series, quantized: done }, range) {
      const compute = evaluation(expression, range);
      const ranked = series
        .map((each) => ({ each, rank: numberOf(compute(scalarsOf(each, expression))) ?? -sign * Infinity }))
        .sort((a, b) => sign * (a.rank - b.rank));
      return { quantized: done, series: ranked.slice(0, count).map(({ each }) => each) };
    },
  };
}

/** An expression of `_value` and of what a whole series comes to. */
function readScalar(tokens: Tokens): Expression {
  const expression = parseExpression(tokens);
  for (const part of parts(expression)) {
    if (part.kind !== "field" || part.name === "_value" || isReducer(part.name)) continue;
    tokens.fail(`There is no value ${part.name} here; there are _value, ${reducers.join(", ")}`, part.at);
  }
  return expression;
}

function scalarsOf({ points }: Series, expression: Expression): Row {
  const values = points.map(({ value }) => value);
  const named = parts(expression).flatMap((part) =>
    part.kind === "field" && isReducer(part.name) ? [part.name] : [],
  );
  return Object.fromEntries(named.map((name) => [name, reduce(values, name) ?? null]));
}

function isReducer(name: string): name is Reducer {
  return reducers.some((reducer) => reducer === name);
}
