import type { Series } from "../../ingest/records";
import { evaluation } from "../evaluate";
import { type Expression, parts } from "../expression";
import { parseExpression } from "../expression-parser";
import { expressionText } from "../expression-text";
import { type Scope, scopeTest, scopeText } from "../scope";
import { parseScope } from "../scope-parser";
import { Tokens } from "../tokens";
import { numberOf } from "../values";
import { dimensionText } from "./dimension";
import type { MetricOperator } from "./operator";
import { parseMetricOperator } from "./operators";
import { type MetricRange, type Point, quantized } from "./series";

/** A query of metrics: series that are selected, or that are computed from other rows of the same question. */
export interface MetricQuery {
  readonly source: Selector | Join;
  readonly operators: readonly MetricOperator[];
}

interface Selector {
  readonly kind: "selector";
  readonly scope: Scope;
}

interface Join {
  readonly kind: "join";
  readonly expression: Expression;
  /** Dimensions in which series must be alike to be computed with each other. */
  readonly along: readonly string[];
}

/** Reads a query such as `metric=nginx.requests | rate counter` or `#A / #B along host.name`. @throws QueryError. */
export function parseMetricQuery(text: string): MetricQuery {
  const { source, tokens } = /#[A-Z]\b/.test(text.split("|")[0] ?? "")
    ? parseJoin(text)
    : parseSelector(text);
  const operators: MetricOperator[] = [];
  while (tokens.accept("|")) operators.push(parseMetricOperator(tokens));
  if (tokens.peek().kind !== "end") tokens.unexpected('"|" or the end of the query');
  return { source, operators };
}

/** A query as it is written. */
export function metricQueryText({ source, operators }: MetricQuery): string {
  const along =
    source.kind === "join" && source.along.length > 0
      ? ` along ${source.along.map(dimensionText).join(", ")}`
      : "";
  const first =
    source.kind === "join" ? `${expressionText(source.expression)}${along}` : scopeText(source.scope);
  return [first, ...operators.map(({ text }) => text)].join(" | ");
}

/** How much earlier than its range a query needs points, in milliseconds. */
export function lookback({ operators }: MetricQuery): number {
  return operators.reduce((sum, operator) => sum + operator.lookback, 0);
}

/** Whether series with such dimensions are those that a query selects; never for a join. */
export function selection({ source }: MetricQuery): (dimensions: Series["dimensions"]) => boolean {
  if (source.kind === "join") return () => false;
  const test = scopeTest(source.scope, (row) => Object.values(row).join("\n"));
  return (dimensions) => test({ ...dimensions });
}

/**
 * Runs a query.
 * @param selected the series that it selects, with the points of its lookback.
 * @param rows the results of the other queries, for joins.
 */
export function runMetricQuery(
  { source, operators }: MetricQuery,
  selected: readonly Series[],
  rows: ReadonlyMap<string, readonly Series[]>,
  range: MetricRange,
): Series[] {
  const series = source.kind === "join" ? joined(source, rows, range) : selected;
  const start = { series, quantized: source.kind === "join" };
  const stream = operators.reduce((before, operator) => operator.run(before, range), start);
  const within = ({ time }: Point) => time > range.from - range.quantum && time < range.to;
  return quantized(stream, range)
    .map((each) => ({ ...each, points: each.points.filter(within) }))
    .filter(({ points }) => points.length > 0);
}

function parseSelector(text: string): { source: Selector; tokens: Tokens } {
  const { scope, end } = parseScope(text);
  return { source: { kind: "selector", scope }, tokens: new Tokens(text, end, { dots: true }) };
}

function parseJoin(text: string): { source: Join; tokens: Tokens } {
  const tokens = new Tokens(text, 0, { dots: true });
  const expression = parseExpression(tokens);
  for (const part of parts(expression)) {
    if (part.kind === "field") tokens.fail(`Expected a row such as #A, found ${part.name}`, part.at);
  }
  const along = tokens.accept("along") ? tokens.names("a dimension") : [];
  return { source: { kind: "join", expression, along }, tokens };
}

/** Computes with every combination of series that are alike along the dimensions, where all have a point. */
function joined(
  { expression, along }: Join,
  rows: ReadonlyMap<string, readonly Series[]>,
  range: MetricRange,
): Series[] {
  const names = [...new Set(parts(expression).flatMap((part) => (part.kind === "row" ? [part.name] : [])))];
  const compute = evaluation(expression, range);
  return combinations(names.map((name) => rows.get(name) ?? []))
    .filter((series) =>
      along.every((name) => new Set(series.map(({ dimensions }) => dimensions[name])).size === 1),
    )
    .map((series) => {
      const values = series.map(({ points }) => new Map(points.map(({ time, value }) => [time, value])));
      const points = (series[0]?.points ?? []).flatMap(({ time }) => {
        const row = Object.fromEntries(names.map((name, index) => [name, values[index]?.get(time) ?? null]));
        const value = numberOf(compute(row));
        return value === undefined ? [] : [{ time, value }];
      });
      return { dimensions: shared(series), points };
    });
}

function combinations(lists: readonly (readonly Series[])[]): Series[][] {
  return lists.reduce<Series[][]>(
    (made, list) => made.flatMap((before) => list.map((series) => [...before, series])),
    [[]],
  );
}

/** The dimensions that all of the series have alike. */
function shared(series: readonly Series[]): Series["dimensions"] {
  const [first, ...others] = series;
  const alike = ([name, value]: [string, string]) =>
    others.every(({ dimensions }) => dimensions[name] === value);
  return Object.fromEntries(Object.entries(first?.dimensions ?? {}).filter(alike));
}
