import { expect } from "chai";
import type { LocalCloud } from "local-cloud";
import { list, object, type Props, text } from "../../tools/engine/props";
import { bringUp, inventoryOf, type Overrides, read, withCloud } from "./support";

const uniform = (count: number) => [{ name: "server", count, roles: ["web", "app", "db"] }];
const pools = [
  { name: "web", count: 2, roles: ["web"] },
  { name: "app", count: 3, roles: ["app"] },
  { name: "db", count: 3, roles: ["db"] },
];

async function bringUpSound(cloud: LocalCloud, overrides: Overrides): Promise<Props> {
  const { faults, outputs } = await bringUp(cloud, overrides);
  expect(faults).to.deep.equal([]);
  return outputs;
}

const objects = async (cloud: LocalCloud, collection: string): Promise<Props[]> =>
  list((await read(cloud, `/v2/${collection}?per_page=200`))[collection]).map(object);

describe("The program in a local cloud: shapes", function () {
  this.timeout(60_000);

  it("three servers alike, behind a balancer with HTTPS, each firewalled and watched", () =>
    withCloud(async (cloud) => {
      const { url } = await bringUpSound(cloud, {});
      expect(url).to.equal("https://www.foobar.com");
      const { counts, names } = await inventoryOf(cloud);
      expect(counts).to.include({
        droplets: 3,
        load_balancers: 1,
        certificates: 1,
        firewalls: 4,
        collectors: 3,
      });
      expect(names.domain_records).to.include("www.foobar.com");
      expect(counts.sources).to.equal(3 * 6);

      const [balancer = {}] = await objects(cloud, "load_balancers");
      expect(balancer.redirect_http_to_https).to.equal(true);
      const rules = list(balancer.forwarding_rules).map((rule) => object(rule).entry_protocol);
      expect(rules).to.include("https");
      const [certificate = {}] = await objects(cloud, "certificates");
      expect(list(certificate.dns_names)).to.include("www.foobar.com");

      const firewalls = await objects(cloud, "firewalls");
      // Each server is selected by the baseline and by a firewall of its own, and by no other.
      for (const { name, tags } of await objects(cloud, "droplets")) {
        const selecting = firewalls.filter((firewall) =>
          list(firewall.tags).some((tag) => list(tags).includes(tag)),
        );
        const server = text(name).replace(/^sandbox-/, "");
        const expected = ["web-infra-sandbox-baseline", `web-infra-sandbox-${server}`];
        expect(selecting.map((firewall) => firewall.name)).to.have.members(expected);
      }
    }));

  it("pools of their own: 2 web, 3 app, 3 db; only db servers have a volume", () =>
    withCloud(async (cloud) => {
      await bringUpSound(cloud, { pools });
      const { counts, names } = await inventoryOf(cloud);
      expect(counts).to.include({ droplets: 8, firewalls: 9, collectors: 8, volumes: 3 });
      const labels = ["web-1", "web-2", "app-1", "app-2", "app-3", "db-1", "db-2", "db-3"];
      expect(names.droplets).to.have.members(labels.map((label) => `sandbox-${label}`));
    }));

  it("a managed database, in the network, for the app servers alone", () =>
    withCloud(async (cloud) => {
      await bringUpSound(cloud, { pools: pools.slice(0, 2), database: { mode: "managed" } });
      const [cluster = {}] = await objects(cloud, "databases");
      const [vpc] = (await objects(cloud, "vpcs")).filter((network) => network.name === "web-infra-sandbox");
      expect(cluster).to.include({ engine: "mysql", num_nodes: 2, private_network_uuid: vpc?.id });
      const { rules } = await read(cloud, `/v2/databases/${text(cluster.id)}/firewall`);
      expect(list(rules).map((rule) => [object(rule).type, object(rule).value])).to.deep.equal([
        ["tag", "web-infra:sandbox:app"],
      ]);
      expect((await inventoryOf(cloud)).counts).not.to.have.property("volumes");
    }));

  it("one server, in another region and for another domain", () =>
    withCloud(async (cloud) => {
      const { url } = await bringUpSound(cloud, {
        pools: uniform(1),
        region: "fra1",
        domain: "example.org",
        host: "@",
      });
      expect(url).to.equal("https://example.org");
      const droplets = await objects(cloud, "droplets");
      expect(droplets.map(({ region }) => object(region).slug)).to.deep.equal(["fra1"]);
      const { names } = await inventoryOf(cloud);
      expect(names.domains).to.have.members(["example.org", "sandbox.internal.example.org"]);
      expect(JSON.stringify(names)).not.to.contain("foobar");
    }));

  it("fifty servers", () =>
    withCloud(async (cloud) => {
      await bringUpSound(cloud, { pools: uniform(50) });
      const { counts, names } = await inventoryOf(cloud);
      expect(counts).to.include({ droplets: 50, firewalls: 51, collectors: 50, volumes: 50, sources: 300 });
      expect(new Set(names.droplets).size).to.equal(50);
    }));
});
