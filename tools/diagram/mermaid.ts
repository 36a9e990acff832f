import { busText } from "./grid";
import type { Arrow, Bus, Picture } from "./picture";
import { amongPeers } from "./wires";

/** The picture as a Mermaid flowchart, which GitHub and GitLab draw where it stands in a page. */
export function mermaid(picture: Picture): string {
  const { frames, boxes, units, buses, arrows } = picture;
  const name = names(picture);
  const inside = (frame: string | undefined): string[] => [
    ...boxes
      .filter((box) => box.frame === frame)
      .map(({ id, title, lines }) => `${name(id)}[${label(title, ...lines)}]`),
    ...units
      .filter((unit) => unit.frame === frame)
      .flatMap(({ id, title, count, lines, cells }) =>
        group(
          name(id),
          label(count > 1 ? `${title} ×${count}` : title, ...lines),
          cells.map((cell) => `${name(cell.id)}[${label(cell.role, ...cell.lines)}]`),
        ),
      ),
  ];
  const lines = [
    ...inside(undefined),
    ...frames.flatMap(({ id, title, lines }) => group(name(id), label(title, ...lines), inside(id))),
    ...buses.flatMap((bus) => busLines(bus, name)),
    ...arrows.map((arrow) => arrowLine(arrow, name)),
  ];
  return ["flowchart TB", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

/** Names that Mermaid takes, in the place of URNs. */
function names({ frames, boxes, units, buses }: Picture): (id: string) => string {
  const all = [...frames, ...boxes, ...units, ...units.flatMap(({ cells }) => cells), ...buses];
  const known = new Map(all.map(({ id }, index) => [id, `n${index}`]));
  return (id) => known.get(id) ?? id;
}

const group = (id: string, title: string, inside: readonly string[]): string[] => [
  `subgraph ${id}[${title}]`,
  ...inside.map((line) => `  ${line}`),
  "end",
];

/** A text of several lines in quotes, where only entities stand for what Mermaid reads itself. */
const label = (...lines: readonly string[]): string =>
  `"${lines.map((line) => line.replace(/[#"<>&]/g, (letter) => `#${letter.charCodeAt(0)};`)).join("<br/>")}"`;

function busLines(bus: Bus, name: (id: string) => string): string[] {
  const hub = name(bus.id);
  const ends = (ids: readonly string[]) => ids.map(name).join(" & ");
  const shape = `${hub}{{${label(busText(bus))}}}`;
  if (amongPeers(bus)) return [shape, `${ends(bus.to)} <--> ${hub}`];
  return [shape, `${ends(bus.from)} --- ${hub}`, `${hub} --> ${ends(bus.to)}`];
}

function arrowLine({ from, to, text, tls, style }: Arrow, name: (id: string) => string): string {
  const said = tls ? `${text}, TLS` : text;
  return `${name(from)} ${style === "traffic" ? "-->" : "-.->"}|${label(said)}| ${name(to)}`;
}
