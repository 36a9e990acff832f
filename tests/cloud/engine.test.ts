import { expect } from "chai";
import type { ResourceEvent } from "../../tools/engine/execution";
import { bringUpFixture, inventoryOf, read, withCloud } from "./support";

describe("Engine: a small program in a local cloud", function () {
  this.timeout(60_000);

  it("makes what the program says, in the order of its dependencies", () =>
    withCloud(async (cloud) => {
      const events: ResourceEvent[] = [];
      const result = await bringUpFixture(cloud, "small", { "fixture:token": "hush" }, (event) =>
        events.push(event),
      );
      expect(result.faults).to.deep.equal([]);

      const { counts } = await inventoryOf(cloud);
      expect(counts).to.deep.equal({ droplets: 1, vpcs: 1, tags: 1, collectors: 1, sources: 1 });
      const created = events
        .filter(({ custom, state }) => custom && state === "created")
        .map(({ name }) => name);
      expect(created.indexOf("one-vpc")).to.be.lessThan(created.indexOf("one-droplet"));
      expect(created.indexOf("one-droplet")).to.be.lessThan(created.indexOf("one-collector"));
      expect(created.at(-1)).to.equal("one-source");
    }));

  it("names what has no name after the resource, with seven hex digits", () =>
    withCloud(async (cloud) => {
      await bringUpFixture(cloud, "small", { "fixture:token": "hush" });
      const { names } = await inventoryOf(cloud);
      expect(names.droplets?.[0]).to.match(/^one-droplet-[0-9a-f]{7}$/);
      expect(names.vpcs?.[0]).to.match(/^one-vpc-[0-9a-f]{7}$/);
      expect(names.collectors).to.deep.equal(names.droplets);
    }));

  it("knows what the cloud answered, and shows no secret", () =>
    withCloud(async (cloud) => {
      const { outputs } = await bringUpFixture(cloud, "small", { "fixture:token": "hush" });
      const { droplets } = await read(cloud, "/v2/droplets");
      expect(JSON.stringify(droplets)).to.contain(`"ip_address":"${outputs.address}"`);
      expect(outputs.publicKey).to.match(/^-----BEGIN PUBLIC KEY-----/);
      expect(outputs.privateKey).to.equal("[secret]");
      expect(outputs.nested).to.deep.equal({ token: "[secret]", region: "nyc3" });
    }));

  it("stops at the first refusal, tells it once, and finishes what was under way", () =>
    withCloud(async (cloud) => {
      const { faults, outputs } = await bringUpFixture(cloud, "small", {
        "fixture:token": "x",
        "fixture:region": "mars",
      });
      expect(faults.length).to.equal(1);
      expect(faults[0]?.urn).to.match(/::fixture:server:Server\$digitalocean:index\/vpc:Vpc::one-vpc$/);
      expect(faults[0]?.message).to.match(/^DigitalOcean: POST \/v2\/vpcs: 422 /);
      expect(outputs).to.deep.equal({});
      expect((await inventoryOf(cloud)).counts).not.to.have.property("droplets");
    }));

  it("says which setting a program misses", () =>
    withCloud(async (cloud) => {
      const { faults } = await bringUpFixture(cloud, "small");
      expect(faults.length).to.equal(1);
      expect(faults[0]?.message).to.contain("Missing required configuration variable 'fixture:token'");
    }));

  it("refuses kinds of resources that it can't make, and real accounts", () =>
    withCloud(async (cloud) => {
      const kind = await bringUpFixture(cloud, "refused", { "fixture:case": "kind" });
      expect(kind.faults.map(({ message }) => message)).to.deep.equal([
        "The embedded engine can't make resources of the type digitalocean:index/cdn:Cdn.",
      ]);
      const account = await bringUpFixture(cloud, "refused", { "fixture:case": "account" });
      expect(account.faults[0]?.message).to.contain("makes resources in a local cloud only");
      const twice = await bringUpFixture(cloud, "refused", { "fixture:case": "twice" });
      expect(twice.faults[0]?.message).to.equal("Two resources have this type and name; each needs its own.");
      const crash = await bringUpFixture(cloud, "refused", { "fixture:case": "crash" });
      expect(crash.faults[0]?.message).to.match(/^TypeError: not in order\n {4}at .*refused\/index\.ts/);
    }));
});
