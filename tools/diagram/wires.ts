import { cellAt, type Grid, rowOf, standOf } from "./grid";
import type { Arrow, Bus, Picture, Unit } from "./picture";
import type { Heads } from "./shapes";

/** One line to be laid. */
export interface Wire {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ends that have an arrowhead. */
  readonly heads: Heads;
  /** Not drawn when absent: it only keeps a server's cells in one column. */
  readonly style?: Arrow["style"];
  readonly arrow?: Arrow;
  /** Frame that is laid out by itself and holds both ends. */
  readonly within?: string | undefined;
}

const top = (id: string) => `${id}/top`;
const bottom = (id: string) => `${id}/bottom`;
/** Where the column of a unit meets a bus. */
const at = (port: string, unit: string | undefined) => (unit === undefined ? port : `${port}/${unit}`);

/** The ends of lines on a node: upper or lower edge, in the middle, at the column of a unit or for one other end. */
export const ports = { top, bottom, at };

/** Arrows into a balancer, from left to right: its name, the traffic, its certificate. */
export const into = ({ arrows }: Picture, id: string): Arrow[] => arrows.filter(({ to }) => to === id);

/** Arrows between a network and what lies below it, from left to right. */
export const below = ({ arrows }: Picture, id: string): Arrow[] =>
  arrows.filter(({ from, to, style }) => (style === "watches" ? to : from) === id);

/** Row of servers that a bus leads to. */
export function busRow(grid: Grid, { boxes }: Picture, { to: [first = ""] }: Bus): number {
  const stand = standOf(grid, first);
  const cell = stand?.unit.cells.find(({ id }) => id === first);
  if (cell) return grid.rows.indexOf(cell.role);
  const box = boxes.find(({ id }) => id === first);
  return box ? Math.max(0, rowOf(grid, box)) : 0;
}

/** Whether a bus connects cells with each other, and so lies below them. */
export const amongPeers = ({ from, to }: Bus): boolean => from.every((id) => to.includes(id));

export function wires(picture: Picture, grid: Grid): Wire[] {
  return [
    ...picture.buses.flatMap((bus) => (amongPeers(bus) ? peerWires(grid, bus) : busWires(grid, bus))),
    ...spineWires(picture, grid),
    ...footWires(picture, grid),
    ...picture.arrows.map((arrow) => arrowWire(picture, arrow)),
  ].map((wire, index) => ({ ...wire, id: `wire-${index}` }));
}

type Draft = Omit<Wire, "id">;

function busWires(grid: Grid, { id, from, to }: Bus): Draft[] {
  const unit = (end: string) => standOf(grid, end)?.unit.id;
  return [
    ...from.map((end): Draft => {
      return {
        from: bottom(end),
        to: at(top(id), unit(end)),
        heads: { start: false, end: false },
        style: "traffic",
      };
    }),
    ...to.map((end): Draft => {
      return {
        from: at(bottom(id), unit(end)),
        to: top(end),
        heads: { start: false, end: true },
        style: "traffic",
      };
    }),
  ];
}

function peerWires(grid: Grid, { id, from }: Bus): Draft[] {
  return from.map((end) => ({
    from: bottom(end),
    to: at(top(id), standOf(grid, end)?.unit.id),
    heads: { start: true, end: false },
    style: "traffic",
  }));
}

/** Between rows where nothing flows, and below the last, there is a bus that isn't drawn. */
export const spine = (row: number): string => `spine-${row}`;

/** The empty place of a unit in a row whose role it doesn't carry. */
export const ground = (unit: string, row: number): string => `${unit}-row-${row}`;

/** The lower edge of a network. */
export const foot = (network: string): string => `${network}/foot`;

const hidden = { heads: { start: false, end: false } };

/** The bus between a row and the one above it, or below the last one. */
function between(picture: Picture, grid: Grid, row: number): Bus | undefined {
  const last = row === grid.rows.length;
  return picture.buses.find(
    (bus) => amongPeers(bus) === last && busRow(grid, picture, bus) === (last ? row - 1 : row),
  );
}

/** Rows that have no bus above them. */
export const spines = (picture: Picture, grid: Grid): number[] =>
  [...grid.rows.keys()].map((row) => row + 1).filter((row) => between(picture, grid, row) === undefined);

/** Ties the cells of a server together where no traffic does. */
function spineWires(picture: Picture, grid: Grid): Draft[] {
  const place = (unit: Unit, row: number) => cellAt(grid, unit, row)?.id ?? ground(unit.id, row);
  return grid.stands.flatMap(({ unit, top: first, bottom: last }) =>
    [...grid.rows.keys(), grid.rows.length]
      .filter((row) => first < row && row <= (last === grid.rows.length - 1 ? last + 1 : last))
      .flatMap((row) => {
        const bus = between(picture, grid, row);
        const way = bus?.id ?? spine(row);
        const [above, below] = [place(unit, row - 1), row <= last ? place(unit, row) : undefined];
        return [
          ...(bus?.from.includes(above)
            ? []
            : [{ from: bottom(above), to: at(top(way), unit.id), ...hidden }]),
          ...(below === undefined || bus?.to.includes(below)
            ? []
            : [{ from: at(bottom(way), unit.id), to: top(below), ...hidden }]),
        ];
      }),
  );
}

/** Keeps the foot of the network in the middle. */
function footWires(picture: Picture, grid: Grid): Draft[] {
  const [frame] = picture.frames.filter(({ id }) => id === picture.units[0]?.frame);
  if (!frame) return [];
  const last = grid.rows.length;
  const bus = between(picture, grid, last);
  const boxes = picture.boxes.filter((box) => rowOf(grid, box) === last - 1);
  return [
    ...(bus ? [] : boxes.map(({ id }) => ({ from: bottom(id), to: top(spine(last)), ...hidden }))),
    { from: bottom(bus?.id ?? spine(last)), to: top(foot(frame.id)), ...hidden },
  ];
}

/** What watches is drawn below what it watches, so the line is laid backwards. */
function arrowWire(picture: Picture, arrow: Arrow): Draft {
  const watches = arrow.style === "watches";
  const [upper, lower] = watches ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
  const account = (id: string) =>
    picture.frames.find(({ id: frame, kind }) => kind === "account" && frame === frameOf(picture, id))?.id;
  const within = account(upper) === account(lower) ? account(upper) : undefined;
  const end = (id: string) => (within ? id : (account(id) ?? id));
  const network = picture.frames.some(({ id, kind }) => kind === "network" && id === upper);
  const balancer = picture.boxes.some(({ id, tone }) => tone === "balancer" && id === lower);
  return {
    from: network ? at(bottom(foot(upper)), lower) : end(upper),
    to: balancer ? at(top(lower), upper) : end(lower),
    heads: { start: watches, end: !watches },
    style: arrow.style,
    arrow,
    within,
  };
}

const frameOf = ({ boxes }: Picture, id: string): string | undefined =>
  boxes.find((box) => box.id === id)?.frame;
