import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { bringUp, inventoryOf, type Overrides, withCloud } from "./support";

/** Settings that are wrong, each in a way of its own, and the path that the message must name. */
const wrong: readonly (readonly [path: string, settings: Overrides])[] = [
  ["regoin", { regoin: "nyc3" }],
  ["pools[0].count", { pools: [{ name: "server", count: 0, roles: ["web", "app", "db"] }] }],
  ["tls.backend", { tls: { certificate: "lets-encrypt", backend: "passthrough" } }],
  ["app.environment", { app: { environment: { LARGE: randomBytes(60_000).toString("base64") } } }],
];

describe("The program in a local cloud: wrong settings", function () {
  this.timeout(60_000);

  it("end it with one message that names the path, and nothing is made", () =>
    withCloud(async (cloud) => {
      for (const [path, settings] of wrong) {
        const { faults, resources } = await bringUp(cloud, settings);
        expect(faults.length, path).to.equal(1);
        expect(faults[0]?.message)
          .to.contain(path)
          .and.not.match(/\n\s+at /);
        expect(
          resources.filter(({ custom }) => custom),
          path,
        ).to.deep.equal([]);
      }
      expect((await inventoryOf(cloud)).counts).to.deep.equal({});
    }));
});
