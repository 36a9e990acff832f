import type { Architecture } from "../../shapes";

export const visitors = "visitors";
export const watchers = "watchers";

/** A line of the picture, from one part to another. */
export interface Wire {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** The flows between different parts, one line for each pair. */
export function wiresOf({ flows, groups }: Architecture): Wire[] {
  const pairs = new Map<string, Wire>();
  for (const { from, to, ports } of flows) {
    if (from === null || from === to) continue;
    const key = `${from}\n${to}`;
    const label = [...new Set([...(pairs.get(key)?.label.split(", ") ?? []), portOf(ports)])].join(", ");
    pairs.set(key, { from, to, label });
  }
  const watched = groups.filter(({ servers }) => servers.some(({ agent }) => agent !== null));
  return [...pairs.values(), ...watched.map(({ id }) => ({ from: id, to: watchers, label: "OTLP" }))];
}

/** The parts from left to right, each as far from the visitors as the way to it is long. */
export function columnsOf(
  { balancers, groups, databases }: Architecture,
  wires: readonly Wire[],
): string[][] {
  const depth = new Map<string, number>([[visitors, 0], ...balancers.map(({ id }) => [id, 1] as const)]);
  for (let reached = [visitors, ...depth.keys()]; reached.length > 0; ) {
    const next = wires.filter(({ from, to }) => reached.includes(from) && !depth.has(to) && to !== watchers);
    for (const { from, to } of next) depth.set(to, Math.max((depth.get(from) ?? 0) + 1, 2));
    reached = next.map(({ to }) => to);
  }
  for (const { id } of groups) if (!depth.has(id)) depth.set(id, 2);
  const last = Math.max(...groups.map(({ id }) => depth.get(id) ?? 2), 1);
  for (const { id } of databases) depth.set(id, last + 1);
  const distances = [...new Set(depth.values())].sort((a, b) => a - b);
  return distances.map((distance) => [...depth.keys()].filter((id) => depth.get(id) === distance));
}

const portOf = (ports: string) => ports.replaceAll(/\b(tcp|https?|udp) /g, "");
