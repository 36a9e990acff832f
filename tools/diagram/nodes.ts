import type { ElkNode, ElkPort } from "elkjs";
import { cellAt, type Grid, middle, pad, rowOf } from "./grid";
import type { Box, Cell, Frame, Picture, Unit } from "./picture";
import { distinct } from "./resources";
import { lineHeight, widest, wrap } from "./text";
import { amongPeers, below, busRow, foot, ground, into, ports, spine, spines } from "./wires";

/** Height of a bus, px. */
const busHeight = 24;
/** Width of a character at the foot of a network, px; characters of a line in a box. */
const measure = { foot: 6.4, box: 54 } as const;

export const boxLines = ({ lines }: Box): string[] => lines.flatMap((line) => wrap(line, measure.box));
export const footLines = ({ lines }: Frame, grid: Grid): string[] =>
  lines.flatMap((line) => wrap(line, Math.max(54, grid.width / measure.foot)));

/** Height of a title and the lines below it. */
const writing = (lines: number): number => 24 + lines * lineHeight;
/** Height of what a unit says above its cells. */
export const headHeight = ({ lines }: Unit): number => writing(lines.length) + 8;
export const cellHeight = ({ lines }: Cell): number => (lines.length > 0 ? 46 : 30);

/** The nodes to be placed, frames with what lies in them. */
export function nodes(picture: Picture, grid: Grid): ElkNode[] {
  const members = [
    ...boxNodes(picture, grid),
    ...busNodes(picture, grid),
    ...unitNodes(grid),
    ...footNodes(picture, grid),
  ];
  const within = (frame: string | undefined) =>
    members.filter((member) => member.frame === frame).map(({ node }) => node);
  return [...within(undefined), ...picture.frames.map((frame) => frameNode(frame, within(frame.id)))];
}

interface Member {
  readonly node: ElkNode;
  readonly frame: string | undefined;
}

/** Order from top to bottom: at the top level, and among what lies in a network. */
const partition = {
  above: 0,
  network: 1,
  account: 2,
  told: 3,
  bus: (row: number) => 3 * row + 1,
  row: (row: number) => 3 * row + 2,
  peers: (row: number) => 3 * row + 3,
  foot: 100,
} as const;

const placed = (rank: number) => ({ "elk.partitioning.partition": String(rank) });

function boxNodes(picture: Picture, grid: Grid): Member[] {
  return picture.boxes.map((box) => {
    const row = rowOf(grid, box);
    const lines = boxLines(box);
    const rank = row >= 0 ? partition.row(row) : box.tone === "told" ? partition.told : partition.above;
    const size = { width: Math.max(130, widest(box.title, lines) + 28), height: writing(lines.length) + 12 };
    const node = { id: box.id, ...size, layoutOptions: placed(rank) };
    const ends = into(picture, box.id).map(({ from }) => from);
    const own = [...sides(box.id, size), ...spread(box.id, size, ends, "top")];
    const tied = row >= 0 || box.tone === "balancer";
    return { node: tied ? fixed({ ...node, ports: own }) : node, frame: box.frame };
  });
}

function busNodes(picture: Picture, grid: Grid): Member[] {
  const frame = picture.units[0]?.frame;
  const line = (id: string, rank: number, height: number): Member => {
    const size = { width: grid.width, height };
    const own = grid.stands.flatMap(({ unit, column }) => sides(id, size, middle(grid, column), unit.id));
    return {
      node: fixed({ id, ...size, ports: [...sides(id, size), ...own], layoutOptions: placed(rank) }),
      frame,
    };
  };
  const drawn = picture.buses.map((bus) => {
    const row = busRow(grid, picture, bus);
    return line(bus.id, amongPeers(bus) ? partition.peers(row) : partition.bus(row), busHeight);
  });
  const hidden = spines(picture, grid).map((row) => line(spine(row), partition.bus(row), 1));
  return [...drawn, ...hidden];
}

function unitNodes(grid: Grid): Member[] {
  return grid.rows.flatMap((_, row) =>
    grid.stands
      .filter(({ top, bottom }) => top <= row && row <= bottom)
      .sort((one, other) => one.column - other.column)
      .map(({ unit, top, bottom }) => {
        const cell = cellAt(grid, unit, row);
        const id = cell?.id ?? ground(unit.id, row);
        const height =
          (row === top ? headHeight(unit) : 0) + (cell ? cellHeight(cell) : 30) + (row === bottom ? pad : 0);
        const size = { width: grid.unitWidth, height };
        const layoutOptions = placed(partition.row(row));
        return { node: fixed({ id, ...size, ports: sides(id, size), layoutOptions }), frame: unit.frame };
      }),
  );
}

/** Ends for lines in the middle of the upper and lower edge, or where said. */
function sides(
  id: string,
  size: { width: number; height: number },
  x = size.width / 2,
  unit?: string,
): ElkPort[] {
  const { top, bottom, at } = ports;
  return [
    { id: at(top(id), unit), x, y: 0, layoutOptions: { "elk.port.side": "NORTH" } },
    { id: at(bottom(id), unit), x, y: size.height, layoutOptions: { "elk.port.side": "SOUTH" } },
  ];
}

/** Ends for lines along the upper or lower edge, in the order given. */
function spread(
  id: string,
  size: { width: number; height: number },
  others: readonly string[],
  edge: "top" | "bottom",
): ElkPort[] {
  return distinct(others).map((other, index, all) => ({
    id: ports.at(ports[edge](id), other),
    x: (size.width * (index + 1)) / (all.length + 1),
    y: edge === "top" ? 0 : size.height,
    layoutOptions: { "elk.port.side": edge === "top" ? "NORTH" : "SOUTH" },
  }));
}

const fixed = (node: ElkNode): ElkNode => ({
  ...node,
  layoutOptions: { ...node.layoutOptions, "elk.portConstraints": "FIXED_POS" },
});

/** What is said at the bottom of a network, where its lines to the outside begin. */
function footNodes(picture: Picture, grid: Grid): Member[] {
  return picture.frames
    .filter(({ kind }) => kind === "network")
    .map((frame) => {
      const lines = footLines(frame, grid);
      const size = { width: Math.max(grid.width, widest("", lines)), height: lines.length * lineHeight + 16 };
      const id = foot(frame.id);
      const ends = below(picture, frame.id).map(({ from, to, style }) => (style === "watches" ? from : to));
      const own = [...sides(id, size), ...spread(id, size, ends, "bottom")];
      return {
        node: fixed({ id, ...size, ports: own, layoutOptions: placed(partition.foot) }),
        frame: frame.id,
      };
    });
}

function frameNode({ id, kind, title }: Frame, children: ElkNode[]): ElkNode {
  const network = kind === "network";
  return {
    id,
    children,
    layoutOptions: {
      ...placed(partition[kind]),
      ...(network ? {} : { "elk.hierarchyHandling": "SEPARATE_CHILDREN", "elk.direction": "RIGHT" }),
      "elk.padding": `[top=46,left=20,bottom=${network ? 1 : 20},right=20]`,
      "elk.contentAlignment": "[H_CENTER, V_TOP]",
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${widest(title, []) + 40},60)`,
    },
  };
}
