import { expect } from "chai";
import { bringUp, inventoryOf, type Overrides, withCloud } from "./support";

const server = { name: "server", count: 3, roles: ["web", "app", "db"] };

/** Settings that are wrong, and the path that the message must name. */
const wrong: readonly (readonly [path: string, settings: Overrides])[] = [
  ["regoin", { regoin: "nyc3" }],
  ["pools[0].count", { pools: [{ ...server, count: 0 }] }],
  ["pools[0].count", { pools: [{ ...server, count: "three" }] }],
  ["pools", { pools: [{ ...server, roles: ["web", "app"] }] }],
  ["pools[1].name", { pools: [server, { ...server, roles: ["app"] }] }],
  ["access.adminCidrs[0]", { access: { adminCidrs: ["0.0.0.0/0"] } }],
  ["network.ipRange", { network: { ipRange: "10.0.0.0/99" } }],
  ["domain", { domain: "not a domain" }],
  [
    "app.release.sha256",
    { app: { release: { url: "https://example.org/a.tgz", sha256: "abc", start: "./run" } } },
  ],
  ["app.environment", { app: { environment: { LARGE: "x".repeat(70_000) } } }],
  ["pools", { pools: [{ ...server, count: 2 }], database: { mode: "cluster" } }],
  ["tls.backend", { tls: { certificate: "lets-encrypt", backend: "passthrough" } }],
];

describe("The program in a local cloud: wrong settings", () => {
  it("end it with one message that names the path, and nothing is made", () =>
    withCloud(async (cloud) => {
      // Two at a time: each run is a process.
      for (let next = 0; next < wrong.length; next += 2) {
        const pair = wrong.slice(next, next + 2);
        const results = await Promise.all(pair.map(([, settings]) => bringUp(cloud, settings)));
        for (const [index, [path]] of pair.entries()) {
          const { faults = [], resources = [] } = results[index] ?? {};
          expect(faults.length, path).to.equal(1);
          expect(faults[0]?.message)
            .to.contain(path)
            .and.not.match(/\n\s+at /);
          expect(
            resources.filter(({ custom }) => custom),
            path,
          ).to.deep.equal([]);
        }
      }
      expect((await inventoryOf(cloud)).counts).to.deep.equal({});
    })).timeout(60_000);
});
