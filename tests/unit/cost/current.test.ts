import { expect } from "chai";
import { type LocalCloud, startLocalCloud } from "local-cloud";
import { currentPrices } from "../../../tools/cost/current";
import { listed } from "../../../tools/cost/prices";
import type { StackConfig } from "../../../tools/engine/stackfile";

const config = (values: Record<string, string>, secrets: string[] = []): StackConfig => ({
  project: "web-infra",
  stack: "dev",
  values,
  secrets,
});

describe("the prices of the day", () => {
  let cloud: LocalCloud;
  let told: string[];
  const tell = (message: string) => told.push(message);
  const at = (token: string) => ({
    "digitalocean:apiEndpoint": cloud.digitalocean.endpoint,
    "digitalocean:token": token,
  });

  before(async () => {
    cloud = await startLocalCloud();
  });
  beforeEach(() => {
    told = [];
  });
  after(() => cloud.close());

  it("are the table's without a token", async () => {
    const { prices, source } = await currentPrices(config({}), {}, tell);
    expect(prices).to.equal(listed);
    expect(source).to.equal(`prices as of ${listed.asOf}`);
    expect(told).to.deep.equal([]);
  });

  it("are DigitalOcean's own with one, of every size it has", async () => {
    const { prices, source } = await currentPrices(config(at(cloud.digitalocean.token)), {}, tell);
    expect(source).to.match(/^droplets at DigitalOcean's own prices/);
    expect(Object.keys(prices.droplets).length).to.be.greaterThan(Object.keys(listed.droplets).length);
    expect(told).to.deep.equal([]);
  });

  it("are DigitalOcean's own with one in the environment", async () => {
    const environment = {
      DIGITALOCEAN_TOKEN: cloud.digitalocean.token,
      DIGITALOCEAN_API_URL: cloud.digitalocean.endpoint,
    };
    const { source } = await currentPrices(
      config({ "digitalocean:token": "[secret]" }, ["digitalocean:token"]),
      environment,
      tell,
    );
    expect(source).to.match(/^droplets at DigitalOcean's own prices/);
  });

  it("are the table's where the token is encrypted and no other is there, which is told", async () => {
    const encrypted = config({ "digitalocean:token": "[secret]" }, ["digitalocean:token"]);
    expect((await currentPrices(encrypted, {}, tell)).prices).to.equal(listed);
    expect(told.join()).to.match(/^The table's prices are used\..*encrypted.*DIGITALOCEAN_TOKEN/);
  });

  it("agree with the table", async () => {
    const { prices } = await currentPrices(config(at(cloud.digitalocean.token)), {}, tell);
    for (const [size, { monthly }] of Object.entries(listed.droplets))
      expect(prices.droplets[size]?.monthly, size).to.equal(monthly);
  });

  it("are the table's where the token does not help, which is told", async () => {
    const { prices } = await currentPrices(config(at("wrong")), {}, tell);
    expect(prices).to.equal(listed);
    expect(told.join()).to.match(/^The table's prices are used\. DigitalOcean: GET .*401/);
  });
});
