import { expect } from "chai";
import type { Picture } from "../../tools/diagram/picture";
import { svg } from "../../tools/diagram/svg";
import { changing, cutting, drawn, ruling, told, without } from "./diagram-support";

const lines = async (...args: Parameters<typeof drawn>): Promise<string[]> => told(await drawn(...args));
const box = ({ boxes }: Picture, id: string) => boxes.find((one) => one.id === id);
const port = (number: string) => (rule: { portRange?: unknown }) => rule.portRange === number;
const closed = (number: string) =>
  ruling("inboundRules", (rules) => rules.filter((rule) => !port(number)(rule)));

describe("the picture's lines", function () {
  this.timeout(60_000);

  it("are those of the smallest real shape", async () => {
    expect(await lines("three")).to.include.members([
      "visitors -> load balancer web-infra-sandbox: https 443, TLS",
      "balancer → web: tcp 443, TLS",
      "web → app: tcp 8443, TLS",
      "app → db: tcp 3306 9200, TLS",
      "db ⇄ db: tcp 3306 9200, TLS",
      "DNS -> load balancer web-infra-sandbox: www A",
      "certificates -> load balancer web-infra-sandbox: certificate",
      "VPC web-infra-sandbox -> 3 collectors, one for each server: OTLP over https 443, every server, TLS",
    ]);
  });

  it("end in every server that a rule opens", async () => {
    const { buses, units } = await drawn("three");
    const bus = buses.find(({ text }) => text.startsWith("web → app"));
    const cells = (role: string) => units.flatMap((unit) => unit.cells.filter((cell) => cell.role === role));
    expect(bus?.from).to.have.members(cells("web").map(({ id }) => id));
    expect(bus?.to).to.have.members(cells("app").map(({ id }) => id));
  });

  for (const [number, gone] of [
    ["443", "balancer → web: tcp 443, TLS"],
    ["8443", "web → app: tcp 8443, TLS"],
  ] as const) {
    it(`go with the firewall rule for ${number}`, async () => {
      const [before, after] = [await lines("three"), await lines("three", closed(number))];
      expect(before.filter((line) => !after.includes(line))).to.deep.equal([gone]);
      expect(after.filter((line) => !before.includes(line))).to.deep.equal([]);
    });
  }

  it("tell one port less when it is closed, and another when it changes", async () => {
    expect(await lines("three", closed("9200"))).to.include.members([
      "app → db: tcp 3306, TLS",
      "db ⇄ db: tcp 3306, TLS",
    ]);
    const moved = ruling("inboundRules", (rules) =>
      rules.map((rule) => (port("8443")(rule) ? { ...rule, portRange: "9443" } : rule)),
    );
    expect(await lines("three", moved)).to.include("web → app: tcp 9443, TLS");
  });

  it("lead only to the server whose firewall has the rule", async () => {
    const change = changing("Firewall", (one) =>
      one.name === "firewall-server-2" ? { ...one, inputs: { ...one.inputs, inboundRules: [] } } : one,
    );
    const { buses, units } = await drawn("three", change);
    const second = units.find(({ title }) => title === "sandbox-server-2")?.cells.map(({ id }) => id);
    expect(buses).to.have.length(4);
    for (const { to } of buses)
      expect(to)
        .to.have.length(2)
        .and.not.include.members(second ?? []);
  });

  it("need the forwarding rule as well as the firewall's, and the balancer's tag on the server", async () => {
    const forwarding = changing("LoadBalancer", (one) => ({
      ...one,
      inputs: { ...one.inputs, forwardingRules: [] },
    }));
    const tag = changing("LoadBalancer", (one) => ({
      ...one,
      inputs: { ...one.inputs, dropletTag: "another" },
    }));
    expect((await lines("three", forwarding)).join()).to.not.match(/visitors ->|balancer → web/);
    expect((await lines("three", tag)).join()).to.not.include("balancer → web");
  });

  it("are marked as TLS only where the servers have certificates", async () => {
    const after = await lines("three", cutting("Droplet", "userData", "LocallySignedCert"));
    expect(after).to.include.members(["web → app: tcp 8443", "app → db: tcp 3306 9200"]);
    const plain = changing("LoadBalancer", (one) => ({
      ...one,
      inputs: {
        ...one.inputs,
        forwardingRules: [
          {
            entryProtocol: "http",
            entryPort: 80,
            targetProtocol: "http",
            targetPort: 443,
            tlsPassthrough: false,
          },
        ],
      },
    }));
    expect(await lines("three", plain)).to.include.members([
      "visitors -> load balancer web-infra-sandbox: http 80",
      "balancer → web: tcp 443",
    ]);
  });

  it("lead to a managed database from those that its own firewall lets in", async () => {
    expect(await lines("managed")).to.include("app → database: mysql, TLS");
    expect((await lines("managed", without("DatabaseFirewall"))).join()).to.not.include("database: mysql");
  });

  it("show who may come in by SSH", async () => {
    const line = "allowed addresses -> VPC web-infra-staging: tcp 22";
    expect(await lines("pools30")).to.include(line);
    expect(await lines("pools30", closed("22"))).to.not.include(line);
  });
});

describe("the picture's networks", function () {
  this.timeout(60_000);

  it("hold what is in them, and nothing else", async () => {
    const { frames, units } = await drawn("three");
    const [vpc] = frames.filter(({ kind }) => kind === "network");
    expect(vpc?.title).to.equal("VPC web-infra-sandbox");
    expect(new Set(units.map(({ frame }) => frame))).to.deep.equal(new Set([vpc?.id]));
    const outside = await drawn("three", cutting("Droplet", "vpcUuid", "Vpc"));
    expect(new Set(outside.units.map(({ frame }) => frame))).to.deep.equal(new Set([undefined]));
    expect(await svg(outside)).to.include("sandbox-server-3");
  });
});

describe("what the picture says is watched", function () {
  this.timeout(60_000);

  it("needs a source in the user-data and a way out", async () => {
    for (const change of [
      cutting("Droplet", "userData", "HttpSource"),
      ruling("outboundRules", (rules) => rules.filter((rule) => !port("443")(rule))),
    ]) {
      const picture = await drawn("three", change);
      expect(box(picture, "collectors")).to.equal(undefined);
      expect(told(picture).join()).to.not.include("OTLP");
    }
  });

  it("tells a server apart of which nobody hears", async () => {
    const change = changing("Droplet", (one) =>
      one.name === "server-1-droplet" ? { ...one, inputsFrom: { ...one.inputsFrom, userData: [] } } : one,
    );
    expect((await lines("three", change)).join()).to.include("OTLP over https 443, 2 of 3 servers");
  });

  it("follows the categories that monitors and dashboards ask for", async () => {
    const line = (all: string[]) => all.filter((one) => one.includes("-> 3 collectors"));
    const before = line(await lines("three")).filter((one) => !one.startsWith("VPC"));
    expect(before).to.have.length(2);
    const elsewhere = changing("HttpSource", (one) => ({
      ...one,
      inputs: { ...one.inputs, category: "somebody/else" },
    }));
    expect(line(await lines("three", elsewhere)).filter((one) => !one.startsWith("VPC"))).to.deep.equal([]);
    expect(box(await drawn("three", without("Dashboard")), "dashboards")).to.equal(undefined);
  });

  it("has DigitalOcean's alerts, and who is told, by no address", async () => {
    const picture = await drawn("managed");
    const alerts = picture.boxes.filter(({ frame }) => frame === "alerts");
    expect(alerts.map(({ title }) => title)).to.have.members([
      "the load balancer",
      "the database",
      "5 servers",
      "https://www.foobar.com",
    ]);
    expect(told(picture)).to.include.members([
      "DigitalOcean alerts -> VPC web-infra-prod: watches",
      "DigitalOcean alerts -> people: tells",
    ]);
    expect(JSON.stringify(picture)).to.not.match(/ops@example|secret-part/);
    expect(told(await drawn("three")).join()).to.not.match(/alerts|people/);
  });
});
