import { expect } from "chai";
import { type Registration, secret } from "../../../tools/engine/registration";
import { changesOf } from "../../../tools/plan/changes";
import { riskOf } from "../../../tools/plan/risk";
import { foreseen, type Program, resource, types } from "./support";

const { droplet, vpc, volume, key, group, balancer, domain, record } = types;

/** A network, a key, and a server that uses both. */
const site =
  (range: string, size = "s-1", more: Parameters<typeof resource>[3] = {}): Program =>
  async (make) => {
    const network = await make(resource(vpc, "vpc", { name: "vpc", ipRange: range }));
    const made = await make(resource(key, "key", { algorithm: "ED25519" }));
    const userData = secret(
      `#cloud-config\n${JSON.stringify({ write_files: [{ path: "/key", content: made.privateKeyPem ?? "", permissions: "0400" }] })}`,
    );
    await make(
      resource(droplet, "server", { name: "server", size, vpcUuid: network.id ?? "", userData }, more),
    );
  };

/** A program that registers these. */
const all =
  (resources: readonly Registration[]): Program =>
  (make) =>
    Promise.all(resources.map(make));

const downtime = async (before: Program, after: Program) =>
  riskOf((await foreseen(before, after)).steps, []).downtime;

async function plan(before: Program, after: Program) {
  const found = await foreseen(before, after);
  return changesOf(found).map(({ operation, name, because }) => [operation, name, ...because].join(" "));
}

describe("a plan", () => {
  it("sees no change between a program and itself", async () => {
    expect(await plan(site("10.0.0.0/20"), site("10.0.0.0/20"))).to.deep.equal([]);
  });

  it("changes in place what the provider can change, and replaces what it can't", async () => {
    expect(await plan(site("10.0.0.0/20"), site("10.0.0.0/20", "s-2"))).to.deep.equal(["update server"]);
    const image =
      (name: string): Program =>
      (make) =>
        make(resource(droplet, "server", { image: name }));
    expect(await plan(image("debian-12"), image("debian-13"))).to.deep.equal(["replace server image"]);
  });

  it("spreads a replacement to what is derived from it", async () => {
    expect(await plan(site("10.0.0.0/20"), site("10.1.0.0/20"))).to.deep.equal([
      "replace vpc ipRange",
      "replace server vpcUuid",
    ]);
  });

  it("spreads it through what no version can foresee", async () => {
    const program =
      (ipRange: string): Program =>
      async (make) => {
        const { urn } = resource(vpc, "vpc");
        await make(resource(vpc, "vpc", { ipRange }));
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        await make(resource(droplet, "server", { userData: unknown }, { inputsFrom: { userData: [urn] } }));
      };
    expect(await plan(program("10.0.0.0/20"), program("10.1.0.0/20"))).to.include("replace server userData");
    expect(await plan(program("10.0.0.0/20"), program("10.0.0.0/20"))).to.deep.equal([]);
  });

  it("makes and deletes", async () => {
    const one =
      (name: string): Program =>
      (make) =>
        make(resource(vpc, name));
    expect(await plan(one("a"), one("b"))).to.deep.equal(["create b", "delete a"]);
  });

  it("knows what moved by its aliases, below parents too", async () => {
    const grouped =
      (name: string, was?: string): Program =>
      async (make) => {
        const parent = resource(group, name, {}, { custom: false, aliases: was ? [{ name: was }] : [] });
        await make(parent);
        await make(resource(vpc, `${name}-vpc`, {}, { parent: parent.urn }));
      };
    expect(await plan(grouped("old"), grouped("new", "old"))).to.deep.equal([]);
    expect(await plan(grouped("old"), grouped("new"))).to.deep.equal(["create new-vpc", "delete old-vpc"]);
    const below =
      (parent: string | null): Program =>
      (make) =>
        make(resource(vpc, "vpc", {}, { parent, aliases: parent ? [{ parent: null }] : [] }));
    expect(await plan(below(null), below(resource(group, "group").urn))).to.deep.equal([]);
  });

  it("keeps to what the program says: changes ignored, and changes that replace", async () => {
    const sized = (size: string, more = {}) => site("10.0.0.0/20", size, more);
    expect(await plan(sized("s-1"), sized("s-2", { ignoreChanges: ["size"] }))).to.deep.equal([]);
    expect(await plan(sized("s-1"), sized("s-2", { replaceOnChanges: ["size"] }))).to.deep.equal([
      "replace server size",
    ]);
  });

  it("tells what is deleted first: where the name is the program's, or where it says so", async () => {
    const program =
      (inputs: { name?: string; image: string }, more = {}): Program =>
      (make) =>
        make(resource(droplet, "server", inputs, more));
    const first = async (before: Program, after: Program) =>
      changesOf(await foreseen(before, after)).map(({ deletedFirst }) => deletedFirst);
    expect(await first(program({ image: "a" }), program({ image: "b" }))).to.deep.equal([false]);
    expect(await first(program({ name: "x", image: "a" }), program({ name: "x", image: "b" }))).to.deep.equal(
      [true],
    );
    expect(await first(program({ name: "x", image: "a" }), program({ name: "y", image: "b" }))).to.deep.equal(
      [true],
    );
    expect(
      await first(
        program({ name: "x", image: "a" }),
        program({ name: "y", image: "b" }, { deleteBeforeReplace: false }),
      ),
    ).to.deep.equal([false]);
    expect(
      await first(program({ image: "a" }), program({ image: "b" }, { deleteBeforeReplace: true })),
    ).to.deep.equal([true]);
  });

  it("shows no secret, and nothing that only stands in", async () => {
    const changes = changesOf(await foreseen(site("10.0.0.0/20"), site("10.1.0.0/20")));
    const server = changes.find(({ name }) => name === "server");
    expect(server?.properties).to.deep.equal([
      { path: "vpcUuid", before: "[known after apply]", after: "[known after apply]", replaces: true },
    ]);
    const other =
      (content: string): Program =>
      (make) =>
        make(resource(droplet, "server", { userData: secret(content), tags: ["a", secret(content)] }));
    const text = JSON.stringify(changesOf(await foreseen(other("hush-1"), other("hush-2"))));
    expect(text)
      .to.include("[secret]")
      .and.not.to.match(/hush|stand-in/);
  });

  it("puts data at risk where what holds it goes, and says what the engine refuses", async () => {
    const program =
      (region: string): Program =>
      (make) =>
        make(resource(volume, "data", { region }, { protect: true }));
    const { steps } = await foreseen(program("nyc3"), program("fra1"));
    const { data, reasons } = riskOf(steps, []);
    expect(data).to.deep.equal([{ name: "data", operation: "replace", protect: true }]);
    expect(reasons).to.deep.equal(["The engine refuses to replace data: it is protected."]);
  });

  it("says what the provider refuses: a smaller volume", async () => {
    const sized = (size: number) => all([resource(volume, "data", { region: "nyc3", size })]);
    const reasons = async (before: number, after: number) =>
      riskOf((await foreseen(sized(before), sized(after))).steps, []).reasons;
    expect(await reasons(20, 10)).to.deep.equal([
      "DigitalOcean refuses to shrink data from 20 to 10 GiB: a volume only grows.",
    ]);
    expect(await reasons(10, 20)).to.deep.equal([]);
  });

  it("asks the program's own hooks about what is changed, and says what they refuse", async () => {
    const program =
      (mode: string, image: string): Program =>
      async (make) => {
        await make(resource(group, "database", { mode }, { custom: false }));
        await make(resource(droplet, "server", { image }));
      };
    const objections = ({ name, inputs }: Registration, was: Registration) => [
      `${name} was ${was.inputs.mode},\n  not ${inputs.mode}.`,
    ];
    const { steps, refusals } = await foreseen(program("one", "a"), program("other", "b"), objections);
    expect(riskOf(steps, refusals).reasons).to.include(
      "The program refuses to change database: database was one, not other.",
    );
    expect(refusals.map(({ name }) => name)).to.deep.equal(["database"]);
  });

  it("calls it an outage when all servers of a role go, and reduced when some stay", async () => {
    const servers = (...images: string[]) =>
      all(images.map((image, index) => resource(droplet, `server-${index}`, { image, tags: ["p:s:web"] })));
    expect(await downtime(servers("a", "a"), servers("b", "b"))).to.equal("outage");
    expect(await downtime(servers("a", "a"), servers("a", "b"))).to.equal("reduced");
    expect(await downtime(servers("a"), servers("a", "a"))).to.equal("none");
  });

  it("counts servers that are powered off by role, too", async () => {
    const sized = (web: string, app: string) =>
      all([
        resource(droplet, "web-1", { size: web, tags: ["p:s:web"] }),
        resource(droplet, "app-1", { size: app, tags: ["p:s:app"] }),
        resource(droplet, "app-2", { size: "s-1", tags: ["p:s:app"] }),
      ]);
    expect(await downtime(sized("s-1", "s-1"), sized("s-2", "s-1"))).to.equal("outage");
    expect(await downtime(sized("s-1", "s-1"), sized("s-1", "s-2"))).to.equal("reduced");
  });

  it("calls it an outage when the domain goes, or the record of the balancer, but for a server's record", async () => {
    const { urn } = resource(balancer, "balancer");
    const site = (name: string, gone: string) =>
      all(
        [
          resource(balancer, "balancer"),
          resource(domain, "zone", { name }),
          resource(record, "www", { type: "A" }, { inputsFrom: { value: [urn] } }),
          resource(record, "web-1", { type: "A" }),
        ].filter((one) => one.name !== gone),
      );
    const whole = site("foobar.com", "");
    expect(await downtime(whole, site("example.com", ""))).to.equal("outage");
    expect(await downtime(whole, site("foobar.com", "zone"))).to.equal("outage");
    expect(await downtime(whole, site("foobar.com", "www"))).to.equal("outage");
    expect(await downtime(whole, site("foobar.com", "web-1"))).to.equal("none");
  });
});
