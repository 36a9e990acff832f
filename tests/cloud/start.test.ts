import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { list, object, type Props, text } from "../../tools/engine/props";
import { projectDirectory } from "../../tools/shared/project";
import { verb } from "./support";

/** Waits, bounded by the test's own timeout, until something is there. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

/** Whether any process of the group is left. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

async function sourceAddresses({ endpoint, accessId, accessKey }: Props): Promise<string[]> {
  const authorization = `Basic ${Buffer.from(`${text(accessId)}:${text(accessKey)}`).toString("base64")}`;
  const get = async (path: string) =>
    object(
      (await (await fetch(new URL(path, text(endpoint)), { headers: { authorization } })).json()) as Props,
    );
  const collectors = list((await get("v1/collectors")).collectors).map(object);
  const sources = await Promise.all(collectors.map(({ id }) => get(`v1/collectors/${text(id)}/sources`)));
  return sources.flatMap((answer) => list(answer.sources).map((source) => text(object(source).url)));
}

describe("npm start", function () {
  this.timeout(60_000);

  it("ends by itself with --once, after one line of JSON as the last on standard output", async () => {
    const { stdout, code } = await verb("start", "--once", "--json").ended;
    expect(code).to.equal(0);
    const report = object(JSON.parse(text(stdout.trimEnd().split("\n").at(-1))));
    expect(report).to.have.all.keys([
      "inventory",
      "url",
      "address",
      "authority",
      "digitalocean",
      "sumologic",
      "outputs",
      "console",
      "seconds",
    ]);
    expect(object(report.inventory).counts).to.include({ droplets: 3, load_balancers: 1, collectors: 3 });
    expect(object(object(report.inventory).names).load_balancers).to.deep.equal(["web-infra-sandbox"]);
    expect(report).to.include({ url: "https://www.foobar.com", address: null });
    expect(report.seconds).to.be.greaterThan(0);
  });

  it("stays until it is interrupted, shows no secret, and leaves no process behind", async () => {
    const { child, said, ended } = verb("start", "--nodes", "off", "--json");
    const line = await until(() => said.stdout.split("\n").find((one) => one.startsWith("{")));
    const { sumologic, outputs, authority } = JSON.parse(line);
    const addresses = await sourceAddresses(sumologic);
    expect(addresses.length).to.equal(18);
    const all = said.stdout + said.stderr;
    for (const secret of [...addresses, "PRIVATE KEY", "#cloud-config"]) expect(all).not.to.contain(secret);
    expect(JSON.stringify(outputs)).to.contain("BEGIN CERTIFICATE");
    expect(existsSync(authority)).to.equal(true);

    child.kill("SIGINT");
    expect((await ended).code).to.equal(0);
    expect(isAlive(child.pid ?? 0)).to.equal(false);
    expect(existsSync(authority)).to.equal(false);
  });

  it("can be interrupted while it brings things up", async () => {
    const { child, said, ended } = verb("start", "--nodes", "off", "--latency", "realistic");
    await until(() => (said.stdout.includes("created") ? true : undefined));
    child.kill("SIGINT");
    const { code, stderr } = await ended;
    expect(code).to.equal(1);
    expect(stderr).to.contain("Stopped before all was up; nothing is left behind.");
    expect(isAlive(child.pid ?? 0)).to.equal(false);
  });

  it("says in words what is wrong with the settings", async () => {
    const stack = `test-${process.pid}`;
    const file = join(projectDirectory, `Pulumi.${stack}.yaml`);
    writeFileSync(file, "config:\n  web-infra:pools: [{ name: web, count: three, roles: [web, app, db] }]\n");
    try {
      const { code, stdout, stderr } = await verb("start", "--once", "--stack", stack).ended;
      expect(code).to.equal(1);
      expect(stderr)
        .to.contain("pools[0].count")
        .and.not.match(/\n\s+at /);
      expect(stdout).not.to.contain("created");
    } finally {
      rmSync(file);
    }
  });

  it("names the stacks there are when it is given another", async () => {
    const { code, stderr } = await verb("start", "--once", "--stack", "live").ended;
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^There is no stack live: Pulumi\.live\.yaml is missing\. Stacks: .*sandbox.*\.\n$/,
    );
  });
});
