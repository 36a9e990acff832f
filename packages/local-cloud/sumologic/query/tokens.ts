import { QueryError } from "./query-error";

/** A piece of a query and where it stands. */
export interface Token {
  readonly kind: "word" | "number" | "string" | "row" | "symbol" | "end";
  /** A string is without its quotes; of its backslashes only those before quotes are gone. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const gap = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const patterns = {
  string: /"((?:\\[\s\S]|[^"\\])*)"/y,
  quoted: /%"((?:\\[\s\S]|[^"\\])*)"/y,
  number: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  row: /#([A-Z])\b/y,
  word: /[A-Za-z_][A-Za-z0-9_]*/y,
  dotted: /[A-Za-z_][A-Za-z0-9_.]*/y,
  symbol: /==|!=|<>|<=|>=|&&|\|\||[|,()=<>+\-*/%!?:[\]{}$@;.&]/y,
};
const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Walks over the text of a query, piece by piece. */
export class Tokens {
  /** @param options.dots whether names may hold dots, as those of metrics do. */
  constructor(
    readonly text: string,
    private position = 0,
    private readonly options: { readonly dots?: boolean } = {},
  ) {}

  peek(): Token {
    const start = this.match(gap, this.position)?.end ?? this.position;
    if (start >= this.text.length)
      return { kind: "end", value: "", start: this.text.length, end: this.text.length };
    const token = (kind: Token["kind"], pattern: RegExp): Token | undefined => {
      const found = this.match(pattern, start);
      return found && { kind, value: found.value.replaceAll('\\"', '"'), start, end: found.end };
    };
    const found =
      token("string", patterns.string) ??
      token("word", patterns.quoted) ??
      token("number", patterns.number) ??
      token("row", patterns.row) ??
      token("word", this.options.dots ? patterns.dotted : patterns.word) ??
      token("symbol", patterns.symbol);
    return found ?? this.fail(`${JSON.stringify(this.text[start])} can't stand here`, start);
  }

  next(): Token {
    const token = this.peek();
    this.position = token.end;
    return token;
  }

  /** Whether next is this symbol, or this word in upper or lower case. */
  is(value: string): boolean {
    const { kind, value: found } = this.peek();
    return (kind === "symbol" || kind === "word") && found.toLowerCase() === value;
  }

  /** Takes the symbol or word where it is next. */
  accept(value: string): boolean {
    const there = this.is(value);
    if (there) this.next();
    return there;
  }

  /** Takes all of these, one after the other, or none. */
  acceptAll(...values: string[]): boolean {
    const before = this.position;
    const there = values.every((value) => this.accept(value));
    if (!there) this.position = before;
    return there;
  }

  expect(value: string): void {
    if (!this.accept(value)) this.unexpected(`"${value}"`);
  }

  /** The next name. @param what it names, for the error. */
  name(what: string): string {
    return this.peek().kind === "word" ? this.next().value : this.unexpected(what);
  }

  /** Names between commas. */
  names(what: string): string[] {
    const names = [this.name(what)];
    while (this.accept(",")) names.push(this.name(what));
    return names;
  }

  string(what: string): string {
    return this.peek().kind === "string" ? this.next().value : this.unexpected(`${what} in double quotes`);
  }

  integer(what: string): number {
    const { kind, value } = this.peek();
    if (kind !== "number" || !/^\d+$/.test(value)) this.unexpected(what);
    return Number(this.next().value);
  }

  /** A length of time such as 5m, in milliseconds, where one is next. */
  acceptDuration(): number | undefined {
    const start = this.match(gap, this.position)?.end ?? this.position;
    const found = this.match(/(\d+)[smhdw]\b/y, start);
    if (!found) return undefined;
    this.position = found.end;
    return Number(found.value) * (units[this.text[found.end - 1] ?? ""] ?? 0);
  }

  /** A regular expression between slashes. */
  regex(): string | undefined {
    const start = this.match(gap, this.position)?.end ?? this.position;
    const found = this.match(/\/((?:\\[\s\S]|[^/\\\n])+)\//y, start);
    if (found) this.position = found.end;
    return found?.value;
  }

  /** @throws QueryError that says what was expected in the place of the next piece. */
  unexpected(expected: string): never {
    const { kind, value, start } = this.peek();
    const found =
      kind === "end" ? "the query ends" : `found ${kind === "string" ? JSON.stringify(value) : value}`;
    return this.fail(`Expected ${expected}, ${found}`, start);
  }

  /** @throws QueryError at the place. */
  fail(problem: string, at: number): never {
    throw new QueryError(problem, this.text, at);
  }

  private match(pattern: RegExp, at: number): { value: string; end: number } | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(this.text);
    return found ? { value: found[1] ?? found[0], end: pattern.lastIndex } : undefined;
  }
}

/** A text that was read from between quotes, with its escapes made real. */
export function unescaped(value: string): string {
  return value.replace(/\\([\\nt])/g, (_, letter) => ({ n: "\n", t: "\t" })[String(letter)] ?? "\\");
}

/** A text between quotes; its backslashes are left as they are where `verbatim`. */
export function quoted(value: string, verbatim = false): string {
  const text = verbatim
    ? value
    : value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** A length of time as it is written, in the largest unit that fits. */
export function durationText(ms: number): string {
  const [unit, size] = Object.entries(units)
    .reverse()
    .find(([, each]) => ms % each === 0) ?? ["s", 1000];
  return `${ms / size}${unit}`;
}

/** A field's name as it is written: between `%"` and `"` where it holds other than letters, digits and `_`. */
export function fieldText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `%${quoted(name, true)}`;
}
