import type { Unit } from "./picture";

/** Where a unit stands: its rows from top to bottom, and its column, which may be a half one. */
export interface Stand {
  readonly unit: Unit;
  readonly top: number;
  readonly bottom: number;
  readonly column: number;
}

/** Stands each unit in a column of its own in every row from its first to its last cell. */
export function stands(units: readonly Unit[], rowOf: (unit: Unit) => readonly number[]): Stand[] {
  const spans = units.map((unit) => ({
    unit,
    top: Math.min(...rowOf(unit)),
    bottom: Math.max(...rowOf(unit)),
  }));
  const placed: Stand[] = [];
  for (const span of spans) {
    const taken = placed.filter((other) => meet(span, other)).map(({ column }) => column);
    const column = Array.from({ length: taken.length + 1 }, (_, index) => index).find(
      (n) => !taken.includes(n),
    );
    placed.push({ ...span, column: column ?? 0 });
  }
  return spans.some((one) => spans.some((other) => meet(one, other) && !same(one, other)))
    ? placed
    : centred(placed);
}

interface Rows {
  readonly top: number;
  readonly bottom: number;
}

const meet = (one: Rows, other: Rows): boolean => one.top <= other.bottom && other.top <= one.bottom;
const same = (one: Rows, other: Rows): boolean => one.top === other.top && one.bottom === other.bottom;

/** Rows of different lengths, one above the other, about one middle. */
function centred(placed: readonly Stand[]): Stand[] {
  const columns = columnCount(placed);
  return placed.map((stand) => {
    const abreast = placed.filter((other) => same(stand, other)).length;
    return { ...stand, column: stand.column + (columns - abreast) / 2 };
  });
}

/** Columns of the widest row. */
export const columnCount = (placed: readonly Stand[]): number =>
  Math.ceil(Math.max(0, ...placed.map(({ column }) => column + 1)));
