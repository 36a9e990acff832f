import { serverCount } from "../derived";
import { shown } from "../faults";
import type { Rule } from "../rule";
import { spacesRegions } from "../schema/database";
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

const clusterPool: Rule = {
  compares: ["pools[].roles", "database.mode"],
  check: ({ pools, database: { mode } }) => {
    const [, ...others] = [...pools.entries()].filter(([, { roles }]) => roles.includes("db"));
    return mode !== "cluster"
      ? []
      : others.map(([index, { roles }]) => ({
          path: `pools[${index}].roles`,
          value: shown(roles),
          limit:
            "db in one pool only with database.mode cluster: the first servers of two could each begin one",
          mend: "Remove db from the roles, and raise the count of the pool that has it already.",
        }));
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
  "replication",
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

const bucketRegion: Rule = {
  compares: ["region", "database.mode", "database.backups.region"],
  check: ({ region, database: { mode, backups } }) =>
    mode === "managed" || backups.enabled !== true || backups.region || isSpacesRegion(region)
      ? []
      : [
          {
            path: "database.backups.region",
            value: shown(backups.region),
            limit: `a region with Spaces, which ${region} is not`,
            mend: `Set it to one of ${spacesRegions.join(", ")}.`,
          },
        ],
};

const isSpacesRegion = (region: string) => spacesRegions.some((known) => known === region);

const ownRestore: Rule = {
  compares: ["database.mode", "database.restoreFrom"],
  check: ({ database: { mode, restoreFrom } }) =>
    mode !== "managed" || restoreFrom === undefined
      ? []
      : [
          {
            path: "database.restoreFrom",
            value: shown(restoreFrom.bucket),
            limit: "nothing with database.mode managed: DigitalOcean restores its own backups only",
            mend: "Restore into a stack with another mode, and move from there with a dump.",
          },
        ],
};

export const databaseRules = [clusterSize, clusterPool, standbyMemory, freeName, bucketRegion, ownRestore];
