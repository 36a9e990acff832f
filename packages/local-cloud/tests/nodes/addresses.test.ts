import { expect } from "chai";
import fc from "fast-check";
import { freeAddress, macOf, networkOf } from "../../nodes/addresses";
import { packagesOf } from "../../nodes/layer";

describe("addresses", () => {
  it("have a gateway and a netmask", () => {
    expect(networkOf("10.10.0.7/20")).to.deep.equal({
      gateway: "10.10.0.1",
      netmask: "255.255.240.0",
      prefix: 20,
    });
  });

  it("are given from the top, none twice, until the range is full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 28 }), (prefix) => {
        const taken = new Set<string>();
        const room = 2 ** (32 - prefix) - 3; // neither the network's, nor the gateway's, nor the broadcast's
        for (let count = 0; count < room; count++) taken.add(freeAddress(`10.0.0.0/${prefix}`, taken));
        expect(taken.size).to.equal(room);
        expect(taken.has("10.0.0.1")).to.equal(false);
        expect(() => freeAddress(`10.0.0.0/${prefix}`, taken)).to.throw("has no free address left");
      }),
      { numRuns: 10 },
    );
  });

  it("tell hardware addresses that differ", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        expect(macOf(a, 0) === macOf(b, 0)).to.equal(a === b);
        expect(macOf(a, 0))
          .to.match(/^02(:[0-9a-f]{2}){5}$/)
          .and.not.to.equal(macOf(a, 1));
      }),
    );
  });
});

describe("the packages of a layer", () => {
  it("are the user-data's own, in an order that does not matter", () => {
    expect(packagesOf("#cloud-config\npackages: [nginx, curl, nginx]\n")).to.deep.equal(["curl", "nginx"]);
  });

  it("are none where the user-data names none or is no cloud-config", () => {
    for (const text of [
      "",
      "#!/bin/sh\npackages: [x]",
      "#cloud-config\nruncmd: []",
      "#cloud-config\npackages: 7",
    ]) {
      expect(packagesOf(text), text).to.deep.equal([]);
    }
  });
});
