import { canonical } from "./metadata";
import { QueryError } from "./query-error";
import type { Scope } from "./scope";
import { unescaped } from "./tokens";

const gap = /(?:\s+|(?<=^|\s)\/\/[^\n]*)*/y;
const piece = /"((?:\\[\s\S]|[^"\\])*)"|%"((?:\\[\s\S]|[^"\\])*)"|!=|[!=(),|]|[^\s|()"=!,]+/y;

/**
 * Reads what stands before the first bar of a query: words and phrases, fields and their values, joined by
 * `and` (which may be left out), `or`, `not` or `!`, and brackets.
 * @returns the scope, and where the bar or the end is.
 * @throws QueryError.
 */
export function parseScope(text: string, start = 0): { readonly scope: Scope; readonly end: number } {
  const reader = new ScopeReader(text, start);
  const scope = reader.atEnd() ? ({ kind: "all" } as const) : reader.alternatives();
  if (!reader.atEnd()) reader.unexpected('a word, a field or "|"');
  return { scope, end: reader.peek().start };
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What is between the quotes. */
  readonly quoted?: string;
}

class ScopeReader {
  constructor(
    private readonly text: string,
    private position: number,
  ) {}

  peek(): Piece {
    gap.lastIndex = this.position;
    gap.exec(this.text);
    const start = gap.lastIndex;
    if (start >= this.text.length) return { text: "", start, end: start };
    piece.lastIndex = start;
    const found = piece.exec(this.text);
    if (!found) throw new QueryError("These quotes are never closed", this.text, start);
    const inner = found[1] ?? found[2];
    const end = piece.lastIndex;
    return {
      text: found[0],
      start,
      end,
      ...(inner !== undefined && { quoted: unescaped(inner.replaceAll('\\"', '"')) }),
    };
  }

  atEnd(): boolean {
    const { text } = this.peek();
    return text === "" || text === "|";
  }

  alternatives(): Scope {
    const parts = [this.conjunction()];
    while (this.accept("or")) parts.push(this.conjunction());
    return joined("or", parts);
  }

  unexpected(expected: string): never {
    const { text, start } = this.peek();
    const found = this.atEnd() ? "the scope ends" : `found ${text}`;
    throw new QueryError(`Expected ${expected}, ${found}`, this.text, start);
  }

  private conjunction(): Scope {
    const parts = [this.term()];
    while (!this.atEnd() && !this.is("or") && !this.is(")")) {
      this.accept("and");
      parts.push(this.term());
    }
    return joined("and", parts);
  }

  private term(): Scope {
    if (this.accept("not") || this.accept("!")) return { kind: "not", of: this.term() };
    if (this.accept("(")) {
      const inner = this.alternatives();
      if (!this.accept(")")) this.unexpected('")"');
      return inner;
    }
    const { text, quoted } = this.word("a word, a phrase or a field");
    const name = canonical(quoted !== undefined && text.startsWith("%") ? quoted : text);
    if (this.accept("=")) return this.field(name);
    if (this.accept("!=")) return { kind: "not", of: this.field(name) };
    if (this.accept("in")) return this.list(name);
    if (text === "*") return { kind: "all" };
    return { kind: "keyword", text: quoted ?? text, phrase: quoted !== undefined };
  }

  private list(name: string): Scope {
    if (!this.accept("(")) this.unexpected('"("');
    const parts = [this.field(name)];
    while (this.accept(",")) parts.push(this.field(name));
    if (!this.accept(")")) this.unexpected('")"');
    return joined("or", parts);
  }

  private field(name: string): Scope {
    const { text, quoted } = this.word("a value");
    return { kind: "field", name, pattern: quoted ?? text };
  }

  private word(expected: string): Piece {
    const next = this.peek();
    if (this.atEnd() || (next.quoted === undefined && /^[!=(),|]/.test(next.text))) this.unexpected(expected);
    this.position = next.end;
    return next;
  }

  private is(value: string): boolean {
    const { text, quoted } = this.peek();
    return quoted === undefined && text.toLowerCase() === value;
  }

  private accept(value: string): boolean {
    const there = this.is(value);
    if (there) this.position = this.peek().end;
    return there;
  }
}

function joined(kind: "and" | "or", parts: readonly Scope[]): Scope {
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind, of: parts };
}
