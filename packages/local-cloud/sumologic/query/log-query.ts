import type { LogColumn } from "../ingest/data-store";
import { metadata } from "./metadata";
import { Fields, type LogOperator } from "./operator";
import { parseOperator } from "./operators";
import { type Scope, scopeFields, scopeText } from "./scope";
import { parseScope } from "./scope-parser";
import { Tokens } from "./tokens";

/** A query over log messages. */
export interface LogQuery {
  readonly scope: Scope;
  readonly operators: readonly LogOperator[];
}

/**
 * Reads a query.
 * @param declared the account's fields, which messages may have beside those that all have.
 * @throws QueryError where it is not understood, or needs a field that is not there.
 */
export function parseLogQuery(text: string, declared: readonly string[] = []): LogQuery {
  const { scope, end } = parseScope(text);
  const query = { scope, operators: parseOperators(new Tokens(text, end)) };
  checkFields(query.operators, text, declared);
  return query;
}

/** Reads operators that stand by themselves, as those of an extraction rule. @throws QueryError. */
export function parseExtraction(text: string): readonly LogOperator[] {
  const operators = parseOperators(new Tokens(`| ${text}`));
  checkFields(operators, `| ${text}`, []);
  return operators;
}

/** A query as it is written. */
export function logQueryText({ scope, operators }: LogQuery): string {
  return [scopeText(scope), ...operators.map(({ text }) => text)].join(" | ");
}

/** Whether it makes records of the messages. */
export function isAggregate({ operators }: LogQuery): boolean {
  return operators.some(({ stage }) => stage.kind === "group");
}

/** The columns of the messages that have to be read: all, unless records are made of them. */
export function columnsOf(query: LogQuery): readonly LogColumn[] {
  if (!isAggregate(query)) return [...Object.values(metadata), "fields"];
  const read = neededFields(query);
  const columns = Object.entries(metadata).flatMap(([name, column]) => (read.has(name) ? [column] : []));
  return [...read].every((name) => name in metadata) ? columns : [...columns, "fields"];
}

/** The fields of the messages that are looked at before records are made of them. */
function neededFields({ scope, operators }: LogQuery): ReadonlySet<string> {
  const read = new Set([...scopeFields(scope), "_messageTime"]);
  const made = new Set(["_messageId"]);
  for (const { reads, stage } of operators) {
    for (const name of reads) if (!made.has(name)) read.add(name);
    if (stage.kind === "group") break;
    if (stage.kind === "each") for (const name of stage.columns([])) made.add(name);
  }
  return read;
}

function parseOperators(tokens: Tokens): LogOperator[] {
  const operators: LogOperator[] = [];
  while (tokens.accept("|")) operators.push(parseOperator(tokens));
  if (tokens.peek().kind !== "end") tokens.unexpected('"|" or the end of the query');
  return operators;
}

function checkFields(operators: readonly LogOperator[], text: string, declared: readonly string[]): void {
  const tokens = new Tokens(text);
  const known = new Set([...Object.keys(metadata), "_messageId", ...declared]);
  const fields = new Fields(known, (problem, at) => tokens.fail(problem, at));
  operators.reduce((before, operator) => operator.fields(before), fields);
}
