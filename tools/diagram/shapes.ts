import type { Point, Rect } from "./layout";
import { lineHeight } from "./text";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);

const round = (value: number): number => Math.round(value * 10) / 10;

export const block = (name: string, { x, y, width, height }: Rect, rx = 8): string =>
  `<rect class="${name}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${rx}"/>`;

export function write(name: string, text: string, { x, y }: Point, anchor = ""): string {
  const aligned = anchor === "" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${name}" x="${round(x)}" y="${round(y)}"${aligned}>${escaped(text)}</text>`;
}

/** Lines of text, one below the other. */
export const lines = (all: readonly string[], { x, y }: Point): string =>
  all.map((line, index) => write("line", line, { x, y: y + index * lineHeight })).join("");

/** A title with lines below it. */
export const writing = (title: string, below: readonly string[], { x, y }: Point): string =>
  write("title", title, { x, y }) + lines(below, { x, y: y + lineHeight + 2 });

/** Ends of a line that carry an arrowhead. */
export interface Heads {
  readonly start: boolean;
  readonly end: boolean;
}

export function path(name: string, points: readonly Point[], heads: Heads): string {
  const way = points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  const start = heads.start ? ` marker-start="url(#${name})"` : "";
  const end = heads.end ? ` marker-end="url(#${name})"` : "";
  return `<path class="${name}" d="${way}"${start}${end}/>`;
}

/** A lock, which says TLS. */
export const lock = ({ x, y }: Point): string => `<use href="#lock" x="${round(x)}" y="${round(y)}"/>`;

const marker = (name: string): string =>
  `<marker id="${name}" class="head ${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M0 0.5L7.5 4L0 7.5z"/></marker>`;

/** What the shapes refer to. */
export const definitions = [
  ...["traffic", "uses", "watches"].map(marker),
  '<g id="lock"><path class="shackle" d="M2 5.5V3.8a2.8 2.8 0 0 1 5.6 0v1.7"/><rect class="lock" x="0.8" y="5.2" width="8" height="6" rx="1.2"/></g>',
].join("");
