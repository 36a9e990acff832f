/** Lines that are gone, with `- ` before them, and new ones, with `+ `, in their order. */
export function lineDifferences(before: readonly string[], after: readonly string[]): string[] {
  const common = commonLengths(before, after);
  const found: string[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    if (left < before.length && right < after.length && before[left] === after[right]) {
      left++;
      right++;
    } else if (
      right >= after.length ||
      (left < before.length && at(common, left + 1, right) >= at(common, left, right + 1))
    ) {
      found.push(`- ${before[left++]}`);
    } else {
      found.push(`+ ${after[right++]}`);
    }
  }
  return found;
}

const at = (table: readonly Uint16Array[], row: number, column: number): number => table[row]?.[column] ?? 0;

/** For each pair of places, how many lines what follows has in common at most. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const longest =
        before[row] === after[column]
          ? at(table, row + 1, column + 1) + 1
          : Math.max(at(table, row + 1, column), at(table, row, column + 1));
      table[row]?.fill(longest, column, column + 1);
    }
  }
  return table;
}
