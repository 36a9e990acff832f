import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Wire } from "./columns";
import { watchers } from "./columns";

interface Line extends Wire {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** Lines between the parts, drawn where the parts came to stand. For the eye only: a table says the same. */
export function Wires({ frame, wires }: { frame: RefObject<HTMLElement | null>; wires: readonly Wire[] }) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const measure = () => {
    if (!frame.current) return;
    const measured = lay(frame.current, wires);
    setLines((before) => (JSON.stringify(before) === JSON.stringify(measured) ? before : measured));
  };
  useLayoutEffect(measure);
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  });
  return (
    <svg class="wires" aria-hidden="true">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {lines.map(({ from, to, path, x, y, label }) => (
        <g key={`${from} ${to}`} class={to === watchers ? "watching" : undefined}>
          <path class="wire" d={path} marker-end="url(#arrow)" />
          <text x={x} y={y}>
            {label}
          </text>
        </g>
      ))}
    </svg>
  );
}

function lay(frame: HTMLElement, wires: readonly Wire[]): Line[] {
  const parts = new Map(
    [...frame.querySelectorAll<HTMLElement>("[data-part]")].map((part) => [part.dataset.part, part]),
  );
  const origin = frame.getBoundingClientRect();
  return wires.flatMap((wire) => {
    const [from, to] = [parts.get(wire.from), parts.get(wire.to)];
    if (!from || !to) return [];
    return [{ ...wire, ...between(from.getBoundingClientRect(), to.getBoundingClientRect(), origin) }];
  });
}

/** A curve from side to side where the parts stand beside each other, else from bottom to top. */
function between(from: DOMRect, to: DOMRect, origin: DOMRect): Pick<Line, "path" | "x" | "y"> {
  const beside = to.left > from.right;
  const middle = (box: DOMRect) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
  const start = beside ? { x: from.right, y: middle(from).y } : { x: middle(from).x, y: from.bottom };
  const end = beside ? { x: to.left, y: middle(to).y } : { x: middle(from).x, y: to.top };
  const points = [start, end].map(({ x, y }) => ({
    x: Math.round(x - origin.left),
    y: Math.round(y - origin.top),
  }));
  const [a = { x: 0, y: 0 }, b = a] = points;
  const center = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const bend = beside ? `${center.x} ${a.y} ${center.x} ${b.y}` : `${a.x} ${center.y} ${b.x} ${center.y}`;
  return { path: `M${a.x} ${a.y}C${bend} ${b.x} ${b.y}`, x: center.x, y: center.y };
}
