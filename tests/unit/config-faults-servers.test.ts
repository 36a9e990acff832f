import { itFinds, pool } from "./config-support";

const { server, web, app, db } = pool;

describe("faults of servers and database", () => {
  itFinds([
    ["count 0", { pools: [{ ...server, count: 0 }] }, ["pools[0].count", /1 to 100/, /for example to 3/]],
    [
      "count three",
      { pools: [{ ...server, count: "three" }] },
      ["pools[0].count", /whole number/, /for example to 3/],
    ],
    [
      "a number in quotes",
      { pools: [{ ...server, count: "3" }] },
      ["pools[0].count", /whole/, /Write 3 without quotes.*--type int/],
    ],
    [
      "half a server",
      { pools: [{ ...server, count: 1.5 }] },
      ["pools[0].count", /whole number/, /within the limit/],
    ],
    [
      "a missing count",
      { pools: [{ name: "a", roles: ["web", "app", "db"] }] },
      ["pools[0].count", /whole/, /^Set it, for/],
    ],
    [
      "an unknown role",
      { pools: [server, { ...web, roles: ["wep"] }] },
      ["pools[1].roles[0]", /`web`, `app`, `db`/, /"web"/],
    ],
    ["no pools", { pools: [] }, ["pools", /at least 1 item/, /leave it out for the default/]],
    ["pools that are no list", { pools: "three" }, ["pools", /list/, /Write a list in YAML/]],
    ["broken JSON", { pools: '[{"name":' }, ["pools", /list/, /Write a list in YAML/]],
    ["a bad pool name", { pools: [{ ...server, name: "Web_1" }] }, ["pools[0].name", /lower-case/, /"web"/]],
    [
      "two pools of one name",
      { pools: [server, { ...web, name: "server" }] },
      ["pools[1].name", /unique; pools\[0\]/, /another name/],
    ],
    [
      "a role twice",
      { pools: [{ ...server, roles: ["web", "app", "db", "web"] }] },
      ["pools[0].roles[3]", /once/, /Remove it/],
    ],
    ["no web", { pools: [app, db] }, ["pools", /role web has to be carried/, /Add web/]],
    ["no app", { pools: [web, db] }, ["pools", /role app has to be carried/, /Add app/]],
    ["no database", { pools: [web, app] }, ["pools", /role db .* primary-replica/, /managed/]],
    [
      "db servers beside a managed database",
      { pools: [web, app, db], database: { mode: "managed" } },
      ["pools[2].roles", /no db/, /Remove db/],
    ],
    [
      "a size of unknown memory",
      { pools: [{ ...server, size: "huge" }] },
      ["pools[0].size", /size slug/, /s-2vcpu-4gb/],
    ],
    [
      "a bad size",
      { pools: [{ ...server, size: "S 2" }] },
      ["pools[0].size", /size slug/, /default, "s-2vcpu-4gb"/],
    ],
    [
      "a cluster of two",
      { pools: [{ ...server, count: 2 }], database: { mode: "cluster" } },
      ["pools[0].count", /3 or more and an odd/, /Make it 3/],
    ],
    [
      "a cluster of four",
      { pools: [{ ...server, count: 4 }], database: { mode: "cluster" } },
      ["pools[0].count", /odd/, /3 or 5/],
    ],
    [
      "a cluster over two pools",
      { pools: [web, app, db, { ...db, name: "more", count: 2 }], database: { mode: "cluster" } },
      ["pools[3].roles", /one pool only/, /raise the count/],
    ],
    [
      "a standby on 1 GB",
      { pools: [web, app], database: { mode: "managed", managed: { size: "db-s-1vcpu-1gb" } } },
      ["database.managed.nodes", /2 GB/, /db-s-1vcpu-2gb/],
    ],
    [
      "a database name in use",
      { database: { name: "mysql" } },
      ["database.name", /uses them itself/, /after the application/],
    ],
    [
      "a bad maintenance hour",
      { database: { managed: { maintenance: { hour: "3am" } } } },
      ["database.managed.maintenance.hour", /HH:MM:SS/, /03:00:00/],
    ],
  ]);
});
