import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import type { Json, Props } from "../../tools/engine/props";
import { type Registration, shown } from "../../tools/engine/registration";
import { freshly, type Mode, modes, type Recording, record } from "../recorder";

const program = require.resolve("../../index");

/** The program run with a stack file's settings, some of them changed. */
function run(stack: string, mode: Mode, changes: Props = {}): Promise<Recording> {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Props };
  const own = Object.entries(config).flatMap(([key, value]) =>
    key.startsWith("web-infra:") ? [[key.slice("web-infra:".length), value]] : [],
  );
  return record(() => freshly(program), { mode, stack, config: { ...Object.fromEntries(own), ...changes } });
}

const uniform = (count: number): Json => [{ name: "server", count, roles: ["web", "app", "db"] }];

for (const mode of modes) {
  describe(`the program, ${mode}`, () => {
    it("makes a balancer, a certificate, and servers with a firewall and a collector each", async () => {
      const made = await run("dev", mode);
      const labels = ["server-1", "server-2", "server-3"];
      expect(made.names("LoadBalancer")).to.deep.equal(["balancer"]);
      expect(made.names("Certificate")).to.have.length(1);
      expect(made.all("Droplet").map(({ plain }) => plain.name)).to.deep.equal(
        labels.map((label) => `dev-${label}`),
      );
      expect(made.names("Firewall")).to.have.members([
        "firewall-baseline",
        ...labels.map((label) => `firewall-${label}`),
      ]);
      expect(made.names("Collector")).to.have.members(labels.map((label) => `monitoring-${label}`));
      expect(made.names("Volume")).to.have.length(3);
    });

    it("makes two servers' collectors at a time, and leaves none of them to be deleted in turn", async () => {
      const made = await run("sandbox", mode, { pools: uniform(5) });
      const order = made.resources.map(({ name }) => name);
      const third = made.all("Collector").find(({ name }) => name === "monitoring-server-3");
      const sources = order.indexOf("monitoring-server-1-metrics");
      expect(order.lastIndexOf("monitoring-server-2")).to.be.below(sources);
      expect(order.lastIndexOf("monitoring-server-3")).to.be.above(sources);
      expect(third?.dependsOn.filter((urn) => urn.includes("HttpSource"))).to.deep.equal([]);
    });

    it("makes pools with their own roles, and volumes for the databases only", async () => {
      const made = await run("staging", mode);
      expect(made.names("Droplet")).to.have.length(8);
      expect(made.names("Volume")).to.deep.equal(["db-1-volume", "db-2-volume", "db-3-volume"]);
      const sources = made.names("HttpSource").filter((name) => name.startsWith("monitoring-web-1-"));
      expect(sources.map((name) => name.slice("monitoring-web-1-".length))).to.have.members([
        "nginx-access",
        "nginx-error",
        "system",
        "metrics",
      ]);
    });

    it("makes a managed database, protected in production, and no database server", async () => {
      const made = await run("prod", mode);
      expect(made.one("DatabaseCluster").plain).to.include({ engine: "mysql", nodeCount: 2 });
      for (const type of ["DatabaseCluster", "DatabaseDb"]) expect(made.one(type).protect).to.equal(true);
      expect(made.one("DatabaseMysqlConfig").plain).to.include({ longQueryTime: 1 });
      expect(made.one("DatabaseFirewall").plain.rules).to.deep.equal([
        { type: "tag", value: "web-infra:prod:app" },
      ]);
      expect(made.all("Volume")).to.deep.equal([]);
      expect(made.all("RandomPassword")).to.deep.equal([]);
    });

    it("has every droplet wait for the baseline firewall", async () => {
      const made = await run("staging", mode);
      const baseline = made.one("Firewall", "firewall-baseline").urn;
      for (const droplet of made.all("Droplet")) expect(droplet.dependsOn).to.include(baseline);
    });

    it("has monitors and dashboards wait for all sources", async () => {
      const made = await run("dev", mode);
      const last = made
        .all("HttpSource")
        .flatMap(({ name, urn }) => (name.startsWith("monitoring-server-3-") ? [urn] : []));
      expect(last).to.have.length(6);
      for (const { dependsOn } of [...made.all("Monitor"), ...made.all("Dashboard")])
        expect(dependsOn).to.include.members(last);
    });

    it("makes the balancer in its project, and puts the rest into it", async () => {
      const made = await run("dev", mode);
      const project = made.one("Project").urn;
      expect(made.one("LoadBalancer").inputsFrom.projectId).to.deep.equal([project]);
      const { inputsFrom } = made.one("ProjectResources");
      expect(inputsFrom.project).to.deep.equal([project]);
      expect(inputsFrom.resources).to.have.members(
        ["Droplet", "Volume", "Domain"].flatMap((type) => made.all(type).map(({ urn }) => urn)),
      );
    });

    it("hides user-data, keys and addresses of sources", async () => {
      const made = await run("sandbox", mode);
      const shownOf = (droplet: Registration) => shown(droplet.inputs.userData ?? null);
      for (const droplet of made.all("Droplet")) {
        expect(shownOf(droplet)).to.equal(mode === "known" ? "[secret]" : "[unknown]");
      }
      const text = JSON.stringify(made.resources.map(({ inputs }) => shown(inputs)));
      expect(text).not.to.match(/private-key-\d|password-\d|collectors\.example\.com/);
    });

    for (const count of [1, 2, 50]) {
      it(`makes ${count} servers, none with a word about another`, async function () {
        this.timeout(60_000);
        const made = await run("sandbox", mode, { pools: uniform(count) });
        const droplets = made.all("Droplet");
        expect(droplets).to.have.length(count);
        const [first] = droplets;
        if (mode === "known") expect(String(first?.plain.userData)).not.to.contain("server-2");
      });
    }

    it("takes another domain and region throughout", async () => {
      const made = await run("sandbox", mode, { domain: "example.org", host: "shop", region: "fra1" });
      const text = JSON.stringify(made.resources.map(({ plain }) => plain));
      expect(text).not.to.contain("foobar.com");
      expect(text).not.to.contain("nyc3");
      expect(made.one("DnsRecord", "network-record-shop").plain.domain).to.equal("example.org");
    });
  });
}

describe("the program's look-ups", () => {
  it("are the database's authority and the personal folder alone, and only after a first preview", async () => {
    expect((await run("prod", "preview")).calls).to.deep.equal([]);
    expect((await run("prod", "known")).calls).to.have.members([
      "digitalocean:index/getDatabaseCa:getDatabaseCa",
      "sumologic:index/getPersonalFolder:getPersonalFolder",
    ]);
  });

  it("leave out the folder where the config names one", async () => {
    const monitoring = { folder: "existing", folderId: "00000000000000AA" };
    expect((await run("sandbox", "known", { monitoring })).calls).to.deep.equal([]);
  });
});

describe("a wrong config", () => {
  const largeText = { environment: { TEXT: randomBytes(60_000).toString("base64") } };
  const faults: [string, Props, RegExp][] = [
    ["an unknown key", { pool: [] }, /pool = .*[\s\S]*pools/],
    ["user-data too large", { app: largeText }, /pools\[0\] = \d+ bytes of user-data[\s\S]*65536/],
    ["several faults", { region: "mars", pools: uniform(0) }, /region[\s\S]*pools\[0\]\.count/],
  ];
  for (const [what, changes, message] of faults) {
    it(`${what} ends in one message and no resource`, async () => {
      let registered = 0;
      const error = await run("sandbox", "preview", changes).then(
        (made) => {
          registered = made.resources.length;
        },
        (fault: Error) => fault,
      );
      expect(registered).to.equal(0);
      expect(error).to.be.an("error").with.property("message").that.matches(message);
    });
  }
});
