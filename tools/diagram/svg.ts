import { busText, cellAt, pad } from "./grid";
import { type Laid, type Layout, layout, type Rect } from "./layout";
import { boxLines, cellHeight, footLines, headHeight } from "./nodes";
import type { Box, Bus, Cell, Frame, Picture, Unit } from "./picture";
import { block, definitions, escaped, lines, lock, path, write, writing } from "./shapes";
import { style } from "./style";
import { font, width } from "./text";
import { foot, ground } from "./wires";

/** Height of the legend, px. */
const legendHeight = 24;

/** The picture as SVG: no script, no font and no file besides it; the same bytes for the same resources. */
export async function svg(picture: Picture): Promise<string> {
  const places = await layout(picture);
  const size = { width: places.width, height: places.height + legendHeight };
  const at = (id: string): Rect => places.rects.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
  const title = escaped(picture.title);
  const parts = [
    ...picture.frames.map((frame) => frameShape(frame, at(frame.id), places)),
    ...picture.units.map((unit) => unitShape(unit, places)),
    ...places.lines.map(({ style, points, heads }) => (style ? path(style, points, heads) : "")),
    ...picture.buses.map((bus) => busShape(bus, at(bus.id))),
    ...picture.boxes.map((box) => boxShape(box, at(box.id))),
    ...picture.units.flatMap((unit) => unit.cells.map((cell) => cellShape(cell, unit, at(cell.id)))),
    ...places.lines.map(labelShape),
    legend(places.height + 6),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    `<defs>${definitions}</defs>`,
    block("page", { x: 0, y: 0, ...size }, 12),
    ...parts.filter((part) => part !== ""),
    "</svg>",
    "",
  ].join("\n");
}

function frameShape(frame: Frame, rect: Rect, { grid, rects }: Layout): string {
  const place = rects.get(foot(frame.id)) ?? rect;
  return [
    block("frame", rect, 12),
    write("title", frame.title, { x: rect.x + 20, y: rect.y + 29 }),
    lines(footLines(frame, grid), { x: place.x, y: place.y + 11 }),
  ].join("");
}

function boxShape(box: Box, rect: Rect): string {
  return block(box.tone, rect) + writing(box.title, boxLines(box), { x: rect.x + 14, y: rect.y + 23 });
}

/** The ground under a server's cells; several servers alike lie on each other. */
function unitShape(unit: Unit, { grid, rects }: Layout): string {
  const stand = grid.stands.find((one) => one.unit === unit);
  if (!stand) return "";
  const rowRect = (row: number) => rects.get(cellAt(grid, unit, row)?.id ?? ground(unit.id, row));
  const [first, last] = [rowRect(stand.top), rowRect(stand.bottom)];
  if (!first || !last) return "";
  const rect = { ...first, height: last.y + last.height - first.y };
  const line = { x: rect.x + pad, y: rect.y + 22 };
  const card = block("unit", rect) + writing(unit.title, unit.lines, line);
  if (unit.count === 1) return card;
  const behind = [8, 4].map((by) => block("unit", { ...rect, x: rect.x + by, y: rect.y + by }));
  return [
    ...behind,
    card,
    write("count", `×${unit.count}`, { ...line, x: rect.x + rect.width - pad }, "end"),
  ].join("");
}

function cellShape(cell: Cell, unit: Unit, rect: Rect): string {
  const y = rect.y + (unit.cells[0] === cell ? headHeight(unit) : 0);
  const place = { x: rect.x + pad, y, width: rect.width - 2 * pad, height: cellHeight(cell) };
  return block(cell.role, place, 6) + writing(cell.role, cell.lines, { x: place.x + 10, y: y + 20 });
}

function busShape(bus: Bus, rect: Rect): string {
  const text = busText(bus);
  const left = rect.x + (rect.width - width(text, font.bus)) / 2;
  return [
    block("bus", rect, 12),
    bus.tls ? lock({ x: left - 14, y: rect.y + 6 }) : "",
    write("flow", text, { x: left, y: rect.y + 16.5 }),
  ].join("");
}

function labelShape({ arrow, label }: Laid): string {
  if (!arrow || !label) return "";
  const text = write("label", arrow.text, { x: label.x + (arrow.tls ? 16 : 3), y: label.y + 12 });
  return arrow.tls ? lock({ x: label.x + 3, y: label.y + 2 }) + text : text;
}

function legend(y: number): string {
  const samples = [
    { style: "traffic", text: "traffic" },
    { style: "uses", text: "leads to" },
    { style: "watches", text: "watches" },
  ];
  const shown = samples.map(({ style, text }, index) => {
    const x = 24 + index * 110;
    const line = [
      { x, y },
      { x: x + 30, y },
    ];
    return path(style, line, { start: false, end: true }) + write("label", text, { x: x + 36, y: y + 4 });
  });
  const x = 24 + samples.length * 110;
  return [...shown, lock({ x, y: y - 7 }), write("label", "TLS", { x: x + 14, y: y + 4 })].join("");
}
