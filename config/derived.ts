import type { PoolSettings, Role, Settings } from "./schema";

/** One server that the settings ask for. */
export interface Node {
  readonly pool: string;
  /** Name within the private zone: `<pool>-<n>`. */
  readonly label: string;
  /** Name of the droplet: `<stack>-<label>`. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly size: string;
  readonly image: string;
  readonly backups: PoolSettings["backups"];
}

/** Every server, in the order of the pools. A label ends in its number, so labels of different pools never meet. */
export function nodes(settings: Settings, stack: string): Node[] {
  return settings.pools.flatMap(({ name: pool, count, roles, size, image, backups }) =>
    Array.from({ length: count }, (_, index) => {
      const label = `${pool}-${index + 1}`;
      return { pool, label, name: `${stack}-${label}`, roles, size, image, backups };
    }),
  );
}

/** The server with the role db that may begin a new database: number 1 of the first pool by name. */
export function isFirstDatabase({ label }: Node, all: readonly Node[]): boolean {
  const firsts = all.filter((node) => node.roles.includes("db") && node.label.endsWith("-1"));
  return firsts.map((node) => node.label).sort()[0] === label;
}

/** Number of servers with a role. */
export function serverCount(settings: Settings, role?: Role): number {
  return settings.pools
    .filter(({ roles }) => role === undefined || roles.includes(role))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Host name of the site, e.g. `www.foobar.com`. */
export function siteName({ host, domain }: Pick<Settings, "host" | "domain">): string {
  return host === "@" ? domain : `${host}.${domain}`;
}

/** Zone of the private records, e.g. `dev.internal.foobar.com`. */
export function privateZone({ domain }: Pick<Settings, "domain">, stack: string): string {
  return `${stack}.internal.${domain}`;
}

/** Path the balancer checks on each web server. */
export function balancerHealthPath(settings: Settings): string {
  return settings.loadBalancer.healthPath ?? settings.app.healthPath;
}
