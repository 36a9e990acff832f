/** A query that is not understood: what is wrong, and where. */
export class QueryError extends Error {
  readonly line: number;
  readonly column: number;

  /**
   * @param problem what is wrong and what would be right.
   * @param text the whole query.
   * @param offset of the place in it.
   */
  constructor(
    readonly problem: string,
    text: string,
    offset: number,
  ) {
    const before = text.slice(0, offset).split("\n");
    const column = (before.at(-1)?.length ?? 0) + 1;
    const shown = text.split("\n")[before.length - 1] ?? "";
    super(`${problem} (line ${before.length}, column ${column})\n  ${shown}\n  ${" ".repeat(column - 1)}^`);
    this.line = before.length;
    this.column = column;
  }
}
