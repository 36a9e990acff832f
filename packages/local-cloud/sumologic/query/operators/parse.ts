import { checkRegex } from "../expression-parser";
import { extended, type FieldAt, type LogOperator } from "../operator";
import { fieldText, quoted, type Tokens, unescaped } from "../tokens";
import { type Row, textOf } from "../values";
import { readSourceField } from "./reading";

/** `parse "a * b" as x`, `parse regex "(?<x>…)"`: takes fields out of the message, or of a field. */
export function parse(tokens: Tokens): LogOperator {
  if (tokens.accept("regex")) return extract(tokens);
  const { start } = tokens.peek();
  const source = readSourceField(tokens);
  const anchor = tokens.string("an anchor, in which * stands for each field,");
  tokens.expect("as");
  const names = tokens.names("a name for the field");
  const holes = anchor.split("*").length - 1;
  if (holes !== names.length)
    tokens.fail(`The anchor has ${holes} *, but ${names.length} names are given`, start);
  const nodrop = tokens.accept("nodrop");
  return taking({
    text: `parse ${sourceText(source)}${quoted(anchor, true)} as ${names.map(fieldText).join(", ")}`,
    source,
    names,
    pattern: anchorPattern(unescaped(anchor)),
    nodrop,
  });
}

/** `extract "(?<x>…)"`, the other name of `parse regex`. */
export function extract(tokens: Tokens): LogOperator {
  const source = readSourceField(tokens);
  const { start } = tokens.peek();
  const pattern = tokens.string("a regular expression with named groups");
  checkRegex(tokens, pattern, start);
  const names = [...pattern.matchAll(/\(\?<([A-Za-z]\w*)>/g)].map(([, name = ""]) => name);
  if (names.length === 0) tokens.fail("The regular expression has no named group, (?<name>…)", start);
  const nodrop = tokens.accept("nodrop");
  const text = `parse regex ${sourceText(source)}${quoted(pattern, true)}`;
  return taking({ text, source, names, pattern: new RegExp(pattern), nodrop });
}

export const sourceText = ({ name }: FieldAt): string => (name === "_raw" ? "" : `field=${fieldText(name)} `);

interface Taking {
  readonly text: string;
  readonly source: FieldAt;
  readonly names: readonly string[];
  /** Its groups are the names', in their order. */
  readonly pattern: RegExp;
  readonly nodrop: boolean;
}

function taking({ text, source, names, pattern, nodrop }: Taking): LogOperator {
  return {
    text: nodrop ? `${text} nodrop` : text,
    reads: [source.name],
    fields(before) {
      before.require(source.name, source.at);
      return before.with(names);
    },
    stage: {
      kind: "each",
      columns: (before) => extended(before, names),
      start: () => (row) => {
        const found = pattern.exec(textOf(row[source.name]));
        if (!found) return nodrop ? { ...row, ...absent(names, row) } : undefined;
        return { ...row, ...Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])) };
      },
    },
  };
}

/** Nulls for those of the fields that the row doesn't have yet. */
export function absent(names: readonly string[], row: Row): Row {
  return Object.fromEntries(names.filter((name) => !(name in row)).map((name) => [name, null]));
}

/** Each `*` takes as little as there can be before the text after it, the last one the rest of the line. */
function anchorPattern(anchor: string): RegExp {
  const literals = anchor.split("*").map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const last = literals.at(-1) === "" ? "(.*)" : undefined;
  const body = last ? `${literals.slice(0, -1).join("(.*?)")}${last}` : literals.join("(.*?)");
  return new RegExp(body);
}
