import { shown } from "../faults";
import type { Rule } from "../rule";
import type { Settings } from "../schema";
import { memoryMib } from "../sizes";

/** The second of two equal things, with the place of the first. */
function repeats<T>(items: readonly T[]): { readonly index: number; readonly first: number }[] {
  return items
    .map((item, index) => ({ index, first: items.indexOf(item) }))
    .filter(({ index, first }) => first !== index);
}

const uniqueNames: Rule = {
  compares: ["pools[].name"],
  check: ({ pools }) =>
    repeats(pools.map(({ name }) => name)).map(({ index, first }) => ({
      path: `pools[${index}].name`,
      value: shown(pools[index]?.name),
      limit: `unique; pools[${first}] has this name already`,
      mend: "Give it another name, or add its count to the other pool.",
    })),
};

const uniqueRoles: Rule = {
  compares: ["pools[].roles"],
  check: ({ pools }) =>
    pools.flatMap(({ roles }, pool) =>
      repeats(roles).map(({ index }) => ({
        path: `pools[${pool}].roles[${index}]`,
        value: shown(roles[index]),
        limit: "each role once",
        mend: "Remove it.",
      })),
    ),
};

function carried(settings: Settings, role: "web" | "app" | "db", why: string, orElse = "") {
  return settings.pools.some(({ roles }) => roles.includes(role))
    ? []
    : [
        {
          path: "pools",
          value: shown(settings.pools.map(({ name, roles }) => `${name}: ${roles.join(", ")}`)),
          limit: `the role ${role} has to be carried by a pool${why}`,
          mend: `Add ${role} to the roles of a pool, or add a pool with it${orElse}.`,
        },
      ];
}

const everyRole: Rule = {
  compares: ["pools[].roles"],
  check: (settings) => [...carried(settings, "web", ""), ...carried(settings, "app", "")],
};

const databaseRole: Rule = {
  compares: ["pools[].roles", "database.mode"],
  check: (settings) => {
    const { mode } = settings.database;
    if (mode !== "managed")
      return carried(settings, "db", ` with database.mode ${mode}`, ", or set database.mode to managed");
    return settings.pools.flatMap(({ roles }, index) =>
      roles.includes("db")
        ? [
            {
              path: `pools[${index}].roles`,
              value: shown(roles),
              limit: "no db with database.mode managed, where DigitalOcean runs the database",
              mend: "Remove db from the roles, or set database.mode to cluster or primary-replica.",
            },
          ]
        : [],
    );
  },
};

const sizeSlug: Rule = {
  compares: [],
  check: ({ pools }) =>
    pools.flatMap(({ size }, index) =>
      memoryMib(size) === undefined
        ? [
            {
              path: `pools[${index}].size`,
              value: shown(size),
              limit: "a DigitalOcean size slug, which says the processors or the memory",
              mend: "Choose a size such as s-2vcpu-4gb or c-2; doctl compute size list shows them.",
            },
          ]
        : [],
    ),
};

export const poolRules = [uniqueNames, uniqueRoles, everyRole, databaseRole, sizeSlug];
