import { type Role, roles } from "../../config/schema";
import type { Unit } from "./picture";
import { distinct, type Resource } from "./resources";
import { alike, type Server } from "./servers";

/** Servers side by side that can still be read; a larger pool is drawn as one. */
const abreast = 4;

/** What is drawn of the servers, and which servers each part stands for. */
export interface Drawn {
  readonly unit: Unit;
  readonly servers: readonly Server[];
}

/** Pools server by server where there is room; the largest as one box each, until no row is too wide. */
export function drawn(servers: readonly Server[], frameOf: (server: Server) => string | undefined): Drawn[] {
  const together = new Set<readonly Server[]>();
  const pools = alike(servers);
  for (const pool of [...pools].sort((one, other) => other.length - one.length)) {
    if (widest(pool, pools, together) > abreast) together.add(pool);
  }
  return pools
    .flatMap((pool) => (together.has(pool) ? [pool] : pool.map((server) => [server])))
    .map((group, index) => ({ servers: group, unit: unit(`server${index + 1}`, group, servers, frameOf) }));
}

/** Number of boxes in the fullest of the rows that a pool stands in. */
function widest(
  pool: readonly Server[],
  pools: readonly Server[][],
  together: ReadonlySet<readonly Server[]>,
): number {
  const boxes = (one: readonly Server[]) => (together.has(one) ? 1 : one.length);
  const rows = roles.filter((role) => stands(pool, role));
  return Math.max(
    ...rows.map((row) =>
      pools.filter((other) => stands(other, row)).reduce((sum, other) => sum + boxes(other), 0),
    ),
  );
}

/** Whether servers take up room in the row of a role: that of each role they carry, and those between. */
function stands([server]: readonly Server[], role: Role): boolean {
  const [first, last] = [server?.roles[0], server?.roles.at(-1)];
  if (first === undefined || last === undefined) return false;
  return roles.indexOf(first) <= roles.indexOf(role) && roles.indexOf(role) <= roles.indexOf(last);
}

function unit(
  id: string,
  group: readonly Server[],
  all: readonly Server[],
  frameOf: (server: Server) => string | undefined,
): Unit {
  const [first] = group as [Server];
  const { size, image, backups, roles, volumes } = first;
  return {
    id,
    title: span(group.map(({ name }) => name)),
    count: group.length,
    frame: frameOf(first),
    lines: [`${size}, ${image}`, ...(backups ? [`backups ${backups}`] : []), firewallLine(group, all)],
    cells: roles.map((role) => ({
      id: `${id}-${role}`,
      role,
      lines: role === "db" ? volumes.map((gib) => `volume ${gib} GiB`) : [],
    })),
  };
}

/** The firewalls that these servers don't share with all others. */
function firewallLine(group: readonly Server[], all: readonly Server[]): string {
  const own = distinct(group.flatMap(({ firewalls }) => firewalls)).filter(
    (firewall) => all.length === 1 || !onAll(firewall, all),
  );
  if (own.length === 0) return "no firewall of its own";
  if (group.length === 1) return `firewall ${own.map(({ inputs }) => inputs.name).join(", ")}`;
  return own.length === group.length ? "a firewall each" : `${own.length} firewalls`;
}

export const onAll = (firewall: Resource, servers: readonly Server[]): boolean =>
  servers.every(({ firewalls }) => firewalls.includes(firewall));

/** `dev-app-1 … 30`. */
export function span(names: readonly string[]): string {
  const [first = "", last = first] = [names[0], names.at(-1)];
  return first === last ? first : `${first} … ${/\d+$/.exec(last)?.[0] ?? last}`;
}
