import { type Role, roles } from "../../config/schema";
import { columnCount, type Stand, stands } from "./columns";
import type { Box, Bus, Cell, Picture, Unit } from "./picture";
import { font, widest, width } from "./text";

/** Space around what a unit holds, and between units, px. */
export const pad = 10;
const gap = 18;
/** Width of the grid where there are few servers, so that what stands above and below has room, px. */
const narrowest = 560;

/** The servers in rows of one role each, in the order in which a request meets them, and in columns. */
export interface Grid {
  readonly rows: readonly Role[];
  readonly stands: readonly Stand[];
  /** Width of a unit, and from one to the next. */
  readonly unitWidth: number;
  readonly pitch: number;
  /** Width of all columns. */
  readonly width: number;
}

export function grid({ units, boxes, buses }: Picture): Grid {
  const carried = units.flatMap(({ cells }) => cells.map(({ role }) => role));
  const rows = roles.filter((role) => carried.includes(role) || boxes.some(({ tone }) => tone === role));
  const placed = stands(units, ({ cells }) => cells.map(({ role }) => rows.indexOf(role)));
  const unitWidth = Math.max(150, ...units.map(unitContent)) + 2 * pad;
  const pitch = unitWidth + gap;
  const fullest = columnCount(placed) * pitch - gap;
  return {
    rows,
    stands: placed,
    unitWidth,
    pitch,
    width: Math.max(narrowest, fullest, ...buses.map(busWidth)),
  };
}

/** What a unit says, and how many it is. */
const unitContent = ({ title, lines, count }: Unit): number => widest(title, lines) + (count > 1 ? 40 : 0);

export const busText = ({ text, tls }: Bus): string => (tls ? `${text}, TLS` : text);
const busWidth = (bus: Bus): number => width(busText(bus), font.bus) + 60;

/** Middle of a column, from the left edge of the grid. */
export function middle({ pitch, unitWidth, width: total, stands: placed }: Grid, column: number): number {
  const left = (total - (columnCount(placed) * pitch - gap)) / 2;
  return left + column * pitch + unitWidth / 2;
}

/** The unit and column of a cell. */
export const standOf = ({ stands: placed }: Grid, cell: string): Stand | undefined =>
  placed.find(({ unit }) => unit.cells.some(({ id }) => id === cell));

/** What a unit has in a row: a cell, or nothing but the unit's ground. */
export const cellAt = ({ rows }: Grid, { cells }: Unit, row: number): Cell | undefined =>
  cells.find(({ role }) => role === rows[row]);

/** Row of a box that takes the place of servers, such as a managed database. */
export const rowOf = ({ rows }: Grid, { tone }: Box): number => rows.map(String).indexOf(tone);
