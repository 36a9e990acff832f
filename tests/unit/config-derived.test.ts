import { expect } from "chai";
import fc from "fast-check";
import { contains, overlaps, parseCidr } from "../../config/cidr";
import { balancerHealthPath, nodes, privateZone, serverCount, siteName } from "../../config/derived";
import { nearest } from "../../config/names";
import { memoryMib } from "../../config/sizes";
import { settingsOf } from "./config-support";

describe("what follows from the settings", () => {
  it("is a node for each server, named by stack, pool and number", () => {
    const settings = settingsOf({
      pools: [
        { name: "web", count: 2, roles: ["web"], size: "s-1vcpu-2gb", backups: "daily" },
        { name: "rest", count: 1, roles: ["app", "db"] },
      ],
    });
    const all = nodes(settings, "dev");
    expect(all.map(({ name }) => name)).to.deep.equal(["dev-web-1", "dev-web-2", "dev-rest-1"]);
    expect(all[0]).to.deep.equal({
      pool: "web",
      label: "web-1",
      name: "dev-web-1",
      roles: ["web"],
      size: "s-1vcpu-2gb",
      image: "debian-12-x64",
      backups: "daily",
    });
    expect([serverCount(settings), serverCount(settings, "web"), serverCount(settings, "db")]).to.deep.equal([
      3, 2, 1,
    ]);
  });

  it("never gives two servers one name, nor a name that a droplet can't have", () => {
    const name = fc.constantFrom("a", "a-1", "a-1-1", "web", "web-1", "b".repeat(20));
    const pools = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pools, fc.integer({ min: 1, max: 100 }), (names, count) => {
        const list = names.map((name) => ({ name, count, roles: ["web", "app", "db"] }));
        const all = nodes(settingsOf({ pools: list }), "s".repeat(32)).map(({ name }) => name);
        expect(new Set(all).size).to.equal(all.length);
        // A volume's name may have 64 characters, and ends in `-data`.
        for (const name of all) expect(name).to.match(/^[a-z][a-z0-9-]{0,57}[a-z0-9]$|^[a-z]$/);
      }),
      { numRuns: 30 },
    );
  });

  it("is the site's name, the private zone and the balancer's health path", () => {
    expect(siteName({ host: "www", domain: "example.com" })).to.equal("www.example.com");
    expect(siteName({ host: "@", domain: "example.com" })).to.equal("example.com");
    expect(privateZone({ domain: "example.com" }, "dev")).to.equal("dev.internal.example.com");
    expect(balancerHealthPath(settingsOf({ app: { healthPath: "/up" } }))).to.equal("/up");
    expect(balancerHealthPath(settingsOf({ loadBalancer: { healthPath: "/lb" } }))).to.equal("/lb");
  });

  it("is the memory that a size names", () => {
    const known = {
      "s-2vcpu-4gb": 4096,
      "s-1vcpu-512mb-10gb": 512,
      "s-2vcpu-8gb-160gb-intel": 8192,
      "c-2": 4096,
      "c-4-intel": 8192,
    };
    for (const [size, memory] of Object.entries({ ...known, "m-2vcpu-16gb": 16384, "db-s-1vcpu-1gb": 1024 }))
      expect(memoryMib(size), size).to.equal(memory);
    for (const size of ["huge", "gpu-h100x1-80gb", "s-2vcpu"])
      expect(memoryMib(size), size).to.equal(undefined);
  });
});

describe("address ranges", () => {
  const range = (text: string) => parseCidr(text) ?? expect.fail(`${text} is a range`);

  it("are read in both lengths, or not at all", () => {
    expect(range("10.1.2.0/24")).to.include({
      bits: 32,
      prefix: 24,
      aligned: true,
      first: 0x0a010200n,
      last: 0x0a0102ffn,
    });
    expect(range("2001:db8::/32")).to.include({
      bits: 128,
      prefix: 32,
      aligned: true,
      first: 0x20010db8n << 96n,
    });
    expect(range("::/0").last).to.equal((1n << 128n) - 1n);
    expect(range("::1/128")).to.include({ first: 1n, aligned: true });
    for (const text of [
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0/8",
      "::/129",
      "::ffff:1.2.3.4/96",
      "x/8",
      "10.0.0.0/8x",
      "",
    ])
      expect(parseCidr(text), text).to.equal(undefined);
  });

  it("know whether they overlap or hold each other", () => {
    expect(overlaps(range("10.0.0.0/8"), range("10.9.0.0/16"))).to.equal(true);
    expect(overlaps(range("10.0.0.0/16"), range("10.1.0.0/16"))).to.equal(false);
    expect(overlaps(range("0.0.0.0/0"), range("::/0"))).to.equal(false);
    expect(contains(range("10.0.0.0/8"), range("10.9.0.0/16"))).to.equal(true);
    expect(contains(range("10.9.0.0/16"), range("10.0.0.0/8"))).to.equal(false);
  });
});

describe("the nearest name", () => {
  it("is the one that was probably meant, or none", () => {
    const names = ["count", "roles", "name", "loadBalancer"];
    expect(nearest("cuont", names)).to.equal("count");
    expect(nearest("cont", names)).to.equal("count");
    expect(nearest("Role", names)).to.equal("roles");
    expect(nearest("load_balancer", names)).to.equal("loadBalancer");
    expect(nearest("colour", names)).to.equal(undefined);
  });
});
