import { serverCount } from "../derived";
import { shown } from "../faults";
import type { Rule } from "../rule";
import { memoryMib } from "../sizes";

const clusterSize: Rule = {
  compares: ["pools[].roles", "pools[].count", "database.mode"],
  check: (settings) => {
    const servers = serverCount(settings, "db");
    if (settings.database.mode !== "cluster" || servers === 0 || (servers >= 3 && servers % 2 === 1))
      return [];
    const first = settings.pools.findIndex(({ roles }) => roles.includes("db"));
    return [
      {
        path: `pools[${first}].count`,
        value: `${servers} server${servers === 1 ? "" : "s"} with the role db in all`,
        limit: "3 or more and an odd number with database.mode cluster: a majority has to survive",
        mend: `Make it ${servers < 3 ? 3 : `${servers - 1} or ${servers + 1}`}, or set database.mode to primary-replica.`,
      },
    ];
  },
};

const standbyMemory: Rule = {
  compares: ["database.managed.size", "database.managed.nodes"],
  check: ({ database: { managed } }) => {
    const memory = memoryMib(managed.size);
    if (managed.nodes === 1 || memory === undefined || memory >= 2048) return [];
    return [
      {
        path: "database.managed.nodes",
        value: shown(managed.nodes),
        limit: `1 with the size ${managed.size}: a standby needs 2 GB or more`,
        mend: "Set database.managed.size to db-s-1vcpu-2gb or larger, or do without a standby.",
      },
    ];
  },
};

/** Schemas and accounts of MySQL, MariaDB and DigitalOcean. */
const taken = [
  "mysql",
  "information_schema",
  "performance_schema",
  "sys",
  "test",
  "defaultdb",
  "root",
  "doadmin",
  "public",
];

const freeName: Rule = {
  compares: [],
  check: ({ database: { name } }) =>
    taken.includes(name)
      ? [
          {
            path: "database.name",
            value: shown(name),
            limit: `none of ${taken.join(", ")}: the server uses them itself`,
            mend: "Name it after the application.",
          },
        ]
      : [],
};

export const databaseRules = [clusterSize, standbyMemory, freeName];
