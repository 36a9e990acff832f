import type { LogOperator, OperatorParser } from "../operator";
import type { Tokens } from "../tokens";
import { aggregate, aggregateNames } from "./aggregate";
import { fields } from "./fields";
import { fillmissing } from "./fillmissing";
import { json } from "./json";
import { limit, sort, top, topk } from "./order";
import { extract, parse } from "./parse";
import { running } from "./running";
import { timeslice } from "./timeslice";
import { transpose } from "./transpose";
import { assign, where } from "./where";

const operators: Readonly<Record<string, OperatorParser>> = {
  parse,
  extract,
  json,
  where,
  timeslice,
  fields,
  sort,
  order: sort,
  limit,
  top,
  topk,
  transpose,
  fillmissing,
  total: running("total"),
  accum: running("accum"),
  diff: running("diff"),
};

/** Reads what stands between two bars. @throws QueryError. */
export function parseOperator(tokens: Tokens): LogOperator {
  const { kind, value } = tokens.peek();
  const name = kind === "word" ? value.toLowerCase() : "";
  const known = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (known) {
    tokens.next();
    return known(tokens);
  }
  if (aggregateNames.includes(name)) {
    tokens.next();
    return aggregate(tokens, name);
  }
  return assign(tokens);
}
