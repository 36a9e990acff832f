import { itFinds, pool } from "./config-support";

const { server } = pool;
const threshold = (cpuPercent: unknown) => ({ monitoring: { thresholds: { cpuPercent } } });

describe("faults of keys of the settings", () => {
  itFinds([
    ["an unknown key", { colour: "red" }, ["colour", /no such option/, /known here: environment, domain/]],
    [
      "a misspelt key",
      { enviroment: "staging" },
      ["enviroment", /no such option/, /Rename it to "environment"/],
    ],
    ["a misspelt section", { databse: { mode: "cluster" } }, ["databse", /no such/, /"database"/]],
    [
      "a misspelt key in a list",
      { pools: [{ ...server, bakups: "daily" }] },
      ["pools[0].bakups", /no such/, /"backups"/],
    ],
    [
      "a misspelt required key, told once",
      { pools: [{ name: "server", cout: 3, roles: ["web", "app", "db"] }] },
      ["pools[0].cout", /no such/, /"count"/],
    ],
    ["a misplaced key", { ipRange: "10.0.0.0/20" }, ["ipRange", /no such/, /Move it to network\.ipRange/]],
    [
      "a deep unknown key",
      threshold({ alarm: 5 }),
      ["monitoring.thresholds.cpuPercent.alarm", /no such/, /warning, critical/],
    ],
  ]);
});
