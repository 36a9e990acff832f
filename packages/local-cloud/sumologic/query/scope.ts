import type { LogColumn } from "../ingest/data-store";
import { type MetadataField, metadata } from "./metadata";
import { fieldText, quoted } from "./tokens";
import { anything, type Row, textOf, wildcard } from "./values";

/** Which messages, or time series, a query is about: what stands before its first bar. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "and" | "or"; readonly of: readonly Scope[] }
  | { readonly kind: "not"; readonly of: Scope }
  /** A word, in which `*` stands for any characters of it, or a phrase, taken as it is. */
  | { readonly kind: "keyword"; readonly text: string; readonly phrase: boolean }
  /** A field and the pattern of its value, with `*`; upper and lower case are alike. */
  | { readonly kind: "field"; readonly name: string; readonly pattern: string };

/** A scope as it is written. */
export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case "all":
      return "*";
    case "and":
    case "or":
      return scope.of
        .map((part) => (isCompound(part) ? `(${scopeText(part)})` : scopeText(part)))
        .join(` ${scope.kind} `);
    case "not":
      return isCompound(scope.of) ? `!(${scopeText(scope.of)})` : `!${scopeText(scope.of)}`;
    case "keyword":
      return scope.phrase ? quoted(scope.text) : scope.text;
    case "field":
      return `${fieldText(scope.name).startsWith("%") && /^[\w.]+$/.test(scope.name) ? scope.name : fieldText(scope.name)}=${/^[^\s|()"=!,]+$/.test(scope.pattern) ? scope.pattern : quoted(scope.pattern)}`;
  }
}

const isCompound = ({ kind }: Scope): boolean => kind === "and" || kind === "or";

/**
 * A scope made ready to be held against many rows.
 * @param searched the text in which keywords are looked for.
 */
export function scopeTest(scope: Scope, searched: (row: Row) => string): (row: Row) => boolean {
  switch (scope.kind) {
    case "all":
      return () => true;
    case "and": {
      const tests = scope.of.map((part) => scopeTest(part, searched));
      return (row) => tests.every((test) => test(row));
    }
    case "or": {
      const tests = scope.of.map((part) => scopeTest(part, searched));
      return (row) => tests.some((test) => test(row));
    }
    case "not": {
      const test = scopeTest(scope.of, searched);
      return (row) => !test(row);
    }
    case "keyword": {
      const pattern = keywordPattern(scope.text, scope.phrase);
      return (row) => pattern.test(searched(row));
    }
    case "field": {
      const pattern = new RegExp(`^${wildcard(scope.pattern)}$`, "i");
      return (row) => pattern.test(textOf(row[scope.name]));
    }
  }
}

/** A keyword is found as a whole word only. */
function keywordPattern(text: string, phrase: boolean): RegExp {
  const inner = phrase
    ? wildcard(text).replaceAll(anything, "\\*")
    : wildcard(text).replaceAll(anything, "\\w*");
  const edge = (letter: string | undefined, look: string) => (/\w/.test(letter ?? "") ? look : "");
  return new RegExp(`${edge(text[0], "(?<!\\w)")}${inner}${edge(text.at(-1), "(?!\\w)")}`, "i");
}

/** The fields that a scope looks at, `_raw` for its keywords. */
export function scopeFields(scope: Scope): string[] {
  switch (scope.kind) {
    case "all":
      return [];
    case "and":
    case "or":
      return scope.of.flatMap(scopeFields);
    case "not":
      return scopeFields(scope.of);
    case "keyword":
      return ["_raw"];
    case "field":
      return [scope.name];
  }
}

/** What every message of the scope is like, for the database to leave out most of the others early. */
export function scopeLike(scope: Scope): { column: LogColumn; pattern: string }[] {
  if (scope.kind === "and") return scope.of.flatMap(scopeLike);
  if (scope.kind !== "field" || !(scope.name in metadata)) return [];
  const pattern = scope.pattern.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return [{ column: metadata[scope.name as MetadataField], pattern }];
}
