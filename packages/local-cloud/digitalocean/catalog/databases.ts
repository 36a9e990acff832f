import { regionSlugs } from "./regions";

/** What an engine is offered with, as `GET /v2/databases/options` shows it. */
export interface EngineOptions {
  readonly regions: readonly string[];
  readonly versions: readonly string[];
  readonly layouts: readonly { readonly num_nodes: number; readonly sizes: readonly string[] }[];
}

const single = "db-s-1vcpu-1gb";
const standby = ["db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "db-s-4vcpu-8gb", "db-s-6vcpu-16gb", "db-s-8vcpu-32gb"];
const dedicated = ["gd-2vcpu-8gb", "gd-4vcpu-16gb", "gd-8vcpu-32gb", "gd-16vcpu-64gb"];

/** Storage that comes with a size, in MiB. */
export const includedStorageMib: Readonly<Record<string, number>> = {
  "db-s-1vcpu-1gb": 10240,
  "db-s-1vcpu-2gb": 30720,
  "db-s-2vcpu-4gb": 61440,
  "db-s-4vcpu-8gb": 117760,
  "db-s-6vcpu-16gb": 276480,
  "db-s-8vcpu-32gb": 593920,
  "gd-2vcpu-8gb": 30720,
  "gd-4vcpu-16gb": 61440,
  "gd-8vcpu-32gb": 122880,
  "gd-16vcpu-64gb": 245760,
};

/** A standby needs at least the 2 GB size. */
const oneToThree = [
  { num_nodes: 1, sizes: [single, ...standby, ...dedicated] },
  { num_nodes: 2, sizes: [...standby, ...dedicated] },
  { num_nodes: 3, sizes: [...standby, ...dedicated] },
];
const threeOnly = [{ num_nodes: 3, sizes: [...standby, ...dedicated] }];

const engine = (versions: readonly string[], layouts: EngineOptions["layouts"]): EngineOptions => ({
  regions: regionSlugs,
  versions,
  layouts,
});

export const databaseEngines: Readonly<Record<string, EngineOptions>> = {
  mysql: engine(["8"], oneToThree),
  pg: engine(["14", "15", "16", "17"], oneToThree),
  redis: engine(["7"], oneToThree.slice(0, 2)),
  valkey: engine(["8"], oneToThree.slice(0, 2)),
  mongodb: engine(
    ["7.0", "8.0"],
    oneToThree.filter(({ num_nodes }) => num_nodes !== 2),
  ),
  kafka: engine(["3.8"], threeOnly),
  opensearch: engine(
    ["2"],
    oneToThree.filter(({ num_nodes }) => num_nodes !== 2),
  ),
};

/** Port, first user's scheme and first database of an engine's connection. */
export const databaseProtocols: Readonly<
  Record<string, readonly [scheme: string, port: number, database: string]>
> = {
  mysql: ["mysql", 25060, "defaultdb"],
  pg: ["postgresql", 25060, "defaultdb"],
  redis: ["rediss", 25061, ""],
  valkey: ["rediss", 25061, ""],
  mongodb: ["mongodb+srv", 27017, "admin"],
  kafka: ["kafka", 25073, ""],
  opensearch: ["https", 25060, ""],
};
