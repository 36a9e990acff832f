import { expect } from "chai";
import fc from "fast-check";
import { type Priced, priceOf } from "../../../tools/cost/price";
import { listed, type Prices, withSizes } from "../../../tools/cost/prices";
import type { Props } from "../../../tools/engine/props";

const tokens: Readonly<Record<string, string>> = {
  Droplet: "digitalocean:index/droplet:Droplet",
  LoadBalancer: "digitalocean:index/loadBalancer:LoadBalancer",
  DatabaseCluster: "digitalocean:index/databaseCluster:DatabaseCluster",
  Volume: "digitalocean:index/volume:Volume",
  UptimeCheck: "digitalocean:index/uptimeCheck:UptimeCheck",
  Collector: "sumologic:index/collector:Collector",
};

const made = (kind: string, props: Props, name = "one"): Priced => ({
  urn: `urn:${kind}::${name}`,
  type: tokens[kind] ?? kind,
  name,
  custom: true,
  props,
});

const only = (kind: string, props: Props, prices: Prices = listed) =>
  priceOf([made(kind, props)], prices).items[0];

describe("the price of", () => {
  const cases: [string, string, Props, number | null, string][] = [
    ["a droplet", "Droplet", { size: "s-2vcpu-4gb" }, 24, "high"],
    [
      "a droplet with weekly backups",
      "Droplet",
      { size: "s-2vcpu-4gb", backups: true, backupPolicy: { plan: "weekly" } },
      28.8,
      "high",
    ],
    [
      "a droplet with daily backups",
      "Droplet",
      { size: "s-1vcpu-1gb", backups: true, backupPolicy: { plan: "daily" } },
      7.8,
      "high",
    ],
    ["backups without a policy: weekly", "Droplet", { size: "s-1vcpu-1gb", backups: true }, 7.2, "high"],
    ["a droplet of a size not heard of", "Droplet", { size: "s-64vcpu-1tb", backups: true }, null, "unknown"],
    ["a balancer of three units", "LoadBalancer", { sizeUnit: 3 }, 36, "medium"],
    ["a balancer left to the provider", "LoadBalancer", {}, 12, "medium"],
    ["a balancer of another type", "LoadBalancer", { type: "GLOBAL" }, null, "unknown"],
    [
      "a single database",
      "DatabaseCluster",
      { engine: "mysql", size: "db-s-1vcpu-2gb", nodeCount: 1 },
      30.45,
      "medium",
    ],
    [
      "a database with a standby",
      "DatabaseCluster",
      { engine: "mysql", size: "db-s-2vcpu-4gb", nodeCount: 2 },
      121.8,
      "low",
    ],
    [
      "a database of another engine",
      "DatabaseCluster",
      { engine: "pg", size: "db-s-2vcpu-4gb", nodeCount: 1 },
      null,
      "unknown",
    ],
    ["a volume", "Volume", { size: 50 }, 5, "high"],
    ["a check of the site", "UptimeCheck", {}, 1, "medium"],
    ["a kind not heard of", "digitalocean:index/app:App", {}, null, "unknown"],
    ["a provider not heard of", "aws:s3/bucket:Bucket", {}, null, "unknown"],
    ["what a server sends to Sumo Logic", "Collector", {}, null, "unknown"],
  ];
  for (const [what, kind, props, monthly, certainty] of cases) {
    it(what, () => expect(only(kind, props)).to.include({ monthly, certainty }));
  }

  it("a database's own storage is unknown, and what is known is still told", () => {
    const props = { engine: "mysql", size: "db-s-1vcpu-2gb", nodeCount: 1, storageSizeMib: "102400" };
    const item = only("DatabaseCluster", props);
    expect(item?.monthly).to.equal(30.45);
    expect(item?.unknown).to.deep.equal(["100 GiB of storage"]);
    expect(priceOf([made("DatabaseCluster", props)]).unknown).to.equal(1);
  });

  it("an hour is a 672nd of a month", () => {
    expect(only("Droplet", { size: "s-1vcpu-1gb" })?.hourly).to.equal(0.00893);
  });

  it("what costs nothing is left out", () => {
    const free = [
      "digitalocean:index/tag:Tag",
      "tls:index/privateKey:PrivateKey",
      "sumologic:index/monitor:Monitor",
    ];
    expect(priceOf(free.map((kind) => made(kind, {}))).items).to.deep.equal([]);
    expect(priceOf([{ ...made("Droplet", { size: "s-1vcpu-1gb" }), custom: false }]).items).to.deep.equal([]);
  });
});

describe("the provider's own prices", () => {
  it("go before the table's", () => {
    const prices = withSizes(listed, { "s-1vcpu-1gb": 7, "new-size": 99 });
    expect(only("Droplet", { size: "s-1vcpu-1gb" }, prices)?.monthly).to.equal(7);
    expect(only("Droplet", { size: "new-size" }, prices)).to.include({ monthly: 99, certainty: "high" });
    expect(only("Droplet", { size: "s-1vcpu-2gb" }, prices)?.monthly).to.equal(12);
  });
});

describe("the sum", () => {
  const droplet = fc.record({
    size: fc.constantFrom(...Object.keys(listed.droplets), "s-64vcpu-1tb"),
    backups: fc.boolean(),
  });

  it("is that of the known prices; none that is unknown counts as zero silently", () => {
    fc.assert(
      fc.property(fc.array(droplet, { maxLength: 30 }), (droplets) => {
        const cost = priceOf(droplets.map((props, index) => made("Droplet", props, `droplet-${index}`)));
        const known = cost.items.flatMap(({ monthly }) => monthly ?? []);
        expect(cost.monthly).to.be.closeTo(
          known.reduce((sum, monthly) => sum + monthly, 0),
          0.005 * (known.length + 1),
        );
        expect(cost.items).to.have.length(droplets.length);
        expect(cost.unknown).to.equal(droplets.filter(({ size }) => size === "s-64vcpu-1tb").length);
      }),
    );
  });
});
