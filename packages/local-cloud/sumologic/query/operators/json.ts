import { flattened, jsonIn, lookUp, parsePath } from "../json-path";
import { extended, type LogOperator } from "../operator";
import { fieldText, quoted, type Tokens, unescaped } from "../tokens";
import { type Row, textOf } from "../values";
import { absent, sourceText } from "./parse";
import { readSourceField } from "./reading";

/** `json "a", "b.c" as x, y nodrop`, `json auto`: takes fields out of the message's JSON. */
export function json(tokens: Tokens): LogOperator {
  if (tokens.accept("auto")) return auto(tokens);
  const source = readSourceField(tokens);
  const keys = [readKey(tokens)];
  while (tokens.accept(",")) keys.push(readKey(tokens));
  const { start } = tokens.peek();
  const aliases = tokens.accept("as") ? tokens.names("a name for the field") : [];
  if (aliases.length > 0 && aliases.length !== keys.length) {
    tokens.fail(`There are ${keys.length} keys, but ${aliases.length} names`, start);
  }
  const names = aliases.length > 0 ? aliases : keys.map(({ text }) => text);
  const nodrop = tokens.accept("nodrop");
  const paths = keys.map(({ path }) => path);
  const as = aliases.length > 0 ? ` as ${aliases.map(fieldText).join(", ")}` : "";
  const list = keys.map(({ text }) => quoted(text)).join(", ");
  return {
    text: `json ${sourceText(source)}${list}${as}${nodrop ? " nodrop" : ""}`,
    reads: [source.name],
    fields(before) {
      before.require(source.name, source.at);
      return before.with(names);
    },
    stage: {
      kind: "each",
      columns: (before) => extended(before, names),
      start: () => (row) => {
        const found = jsonIn(textOf(row[source.name]));
        const values = paths.map((path) => lookUp(found, path));
        if (!nodrop && values.includes(undefined)) return undefined;
        const taken: Row = { ...row, ...absent(names, row) };
        for (const [index, name] of names.entries()) {
          const value = values[index];
          if (value !== undefined) taken[name] = value;
        }
        return taken;
      },
    },
  };
}

function auto(tokens: Tokens): LogOperator {
  const source = readSourceField(tokens);
  return {
    text: `json auto ${sourceText(source)}`.trim(),
    reads: [source.name],
    fields(before) {
      before.require(source.name, source.at);
      return before.open();
    },
    stage: {
      kind: "each",
      columns: (before) => before,
      start: () => (row) => ({
        ...row,
        ...Object.fromEntries(flattened(jsonIn(textOf(row[source.name])) ?? {})),
      }),
    },
  };
}

function readKey(tokens: Tokens) {
  const { start } = tokens.peek();
  const text = unescaped(tokens.string("a key"));
  const path = parsePath(text) ?? tokens.fail(`${text} is no path into JSON, such as a.b[0]`, start);
  return { text, path };
}
