import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { startLocalCloud } from "local-cloud";
import { ports } from "../../cloudinit/ports";
import { overlaps, parseCidr } from "../../config/cidr";
import { nodes, siteName } from "../../config/derived";
import { faultsOf, settingsOf, shippedStacks, stackConfig, stackSettings } from "./config-support";

const inOneAccount = ["dev", "staging", "prod"] as const;
const settingsOfStack = (stack: string) => settingsOf(stackSettings(stack), stack);

describe("the shipped stacks", () => {
  for (const stack of shippedStacks) {
    it(`${stack} is sound`, () => expect(faultsOf(stackSettings(stack), stack)).to.deep.equal([]));
  }

  it("have VPC ranges that do not overlap", () => {
    const ranges = shippedStacks.map((stack) => parseCidr(settingsOfStack(stack).network.ipRange));
    for (const [index, one] of ranges.entries())
      for (const other of ranges.slice(index + 1))
        expect(one && other && overlaps(one, other)).to.equal(false);
  });

  it("live side by side: no zone, site or server is in two of them", () => {
    const all = inOneAccount.map((stack) => ({ stack, settings: settingsOfStack(stack) }));
    const zones = all
      .filter(({ settings }) => settings.dns.zone === "create")
      .map(({ settings }) => settings.domain);
    expect(new Set(zones).size).to.equal(zones.length);
    expect(zones).to.have.members(all.map(({ settings }) => settings.domain));
    expect(new Set(all.map(({ settings }) => siteName(settings))).size).to.equal(all.length);
    const names = all.flatMap(({ stack, settings }) => nodes(settings, stack).map(({ name }) => name));
    expect(new Set(names).size).to.equal(names.length);
  });

  it("make what a Sumo Logic account has only once in one stack, the one that stays", () => {
    const makers = (what: "fields" | "extractionRules") =>
      inOneAccount.filter((stack) => settingsOfStack(stack).monitoring[what] === "create");
    expect(makers("fields")).to.deep.equal(["prod"]);
    expect(makers("extractionRules")).to.deep.equal(["prod"]);
  });

  it("are the shapes they are meant to be", () => {
    const shape = (stack: string) =>
      settingsOfStack(stack).pools.map(({ name, count, roles }) => [name, count, roles.join()]);
    const uniform = [["server", 3, "web,app,db"]];
    expect(shape("dev")).to.deep.equal(uniform);
    expect(shape("sandbox")).to.deep.equal(uniform);
    expect(shape("staging")).to.deep.equal([
      ["web", 2, "web"],
      ["app", 3, "app"],
      ["db", 3, "db"],
    ]);
    const prod = settingsOfStack("prod");
    expect(prod.environment).to.equal("production");
    expect(prod.database.mode).to.equal("managed");
    expect(prod.database.managed.nodes).to.be.greaterThan(1);
    expect(prod.loadBalancer.units).to.be.greaterThan(1);
    expect(prod.pools.every(({ backups }) => backups === "daily")).to.equal(true);
    expect(siteName(settingsOfStack("sandbox"))).to.equal("www.foobar.com");
  });

  it("send the sandbox, and no other, to the local cloud", () => {
    expect(stackConfig("sandbox")["digitalocean:apiEndpoint"]).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stackConfig("sandbox")["sumologic:baseUrl"]).to.match(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/);
    for (const stack of inOneAccount)
      expect(Object.keys(stackConfig(stack)).filter((key) => !key.startsWith("web-infra:"))).to.deep.equal(
        [],
      );
  });
});

describe("the sandbox", () => {
  it("has the local cloud's credentials", async () => {
    const cloud = await startLocalCloud();
    try {
      const config = stackConfig("sandbox");
      expect(config["digitalocean:token"]).to.equal(cloud.digitalocean.token);
      expect(config["sumologic:accessId"]).to.equal(cloud.sumologic.accessId);
      expect(config["sumologic:accessKey"]).to.equal(cloud.sumologic.accessKey);
    } finally {
      await cloud.close();
    }
  });
});

describe("what the program keeps for itself", () => {
  it("is refused to the application: every port of the servers' own services", () => {
    for (const port of Object.values(ports).flat())
      expect(
        faultsOf({ app: { port } }).map(({ path }) => path),
        `${port}`,
      ).to.deep.equal(["app.port"]);
  });

  it("is refused to the application: every variable of its service", function () {
    const file = join(__dirname, "../../cloudinit/files/app/app.service");
    if (!existsSync(file)) {
      console.log("      skipped: the application's service is not there");
      this.skip();
    }
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("Environment="));
    const names = lines.flatMap((line) =>
      [...line.matchAll(/[= ]([A-Z][A-Z_]*)=/g)].map(([, name]) => name ?? ""),
    );
    expect(names).to.include("DATABASE_HOST");
    for (const name of names)
      expect(faultsOf({ app: { environment: { [name]: "x" } } }).map(({ path }) => path)).to.deep.equal([
        `app.environment.${name}`,
      ]);
  });
});
