import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { Store } from "../core/store";
import { Client, dropletBody } from "./digitalocean-client";

const program = join(__dirname, "../bin/local-cloud.js");

describe("a cloud with a state file", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "local-cloud-"));
  const running: ChildProcess[] = [];

  const start = async (...more: string[]): Promise<{ client: Client; kill(): Promise<void> }> => {
    const ports = ["--digitalocean-port", "0", "--sumologic-port", "0"];
    const child = spawn(
      process.execPath,
      [program, ...ports, "--state-file", join(folder, "state"), ...more],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    running.push(child);
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, "exit").then(() => Promise.reject(new Error("it ended before it served")));
    const [first] = (await Promise.race([once(lines, "line"), ended])) as [string];
    ended.catch(() => {});
    return {
      client: new Client(first.split(/\s+/)[1] ?? ""),
      async kill() {
        child.kill("SIGKILL");
        await once(child, "exit");
      },
    };
  };
  after(() => {
    for (const child of running) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("holds after a kill -9 all that was answered, and goes on with what was under way", async () => {
    const first = await start("--latency", "balancer=3600000");
    const droplet = await first.client.make("POST", "/v2/droplets", dropletBody("kept", { tags: ["web"] }));
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
    const body = { name: "lb", region: "nyc3", tag: "web", forwarding_rules: [rule] };
    const balancer = await first.client.make("POST", "/v2/load_balancers", body);
    const names = Array.from({ length: 50 }, (_, at) => `zone-${at}.example`);
    const answered: string[] = [];
    const calls = names.map((name) =>
      first.client.make("POST", "/v2/domains", { name }).then(
        () => answered.push(name),
        () => undefined,
      ),
    );
    await Promise.race(calls);
    await first.kill();
    await Promise.all(calls);

    const second = await start();
    const { client } = second;
    expect(await client.make("GET", `/v2/droplets/${droplet.id}`)).to.include({
      name: "kept",
      status: "active",
    });
    expect((await client.list("/v2/domains")).map(({ name }) => name)).to.include.members(answered);
    expect(await client.make("GET", `/v2/load_balancers/${balancer.id}`)).to.include({ status: "new" });
    await client.call("POST", "/_local/clock", { advanceMs: 3_600_000 });
    expect(await client.make("GET", `/v2/load_balancers/${balancer.id}`)).to.include({ status: "active" });
    const next = await client.make("POST", "/v2/droplets", dropletBody("next"));
    expect(Number(next.id)).to.be.greaterThan(Number(droplet.id));
    await second.kill();

    const third = await start();
    const { now } = (await third.client.call("GET", "/_local/clock")).body;
    expect(Date.parse(String(now))).to.be.at.least(Date.parse(String(next.created_at)));
    await third.kill();
  });

  it("refuses a file that is something else, and leaves it alone", () => {
    const file = join(folder, "notes");
    writeFileSync(file, "remember the milk");
    expect(() => new Store(file)).to.throw(`${file} is not one of a local cloud`);
    expect(() => new Store(folder)).to.throw("is not one of a local cloud");
    expect(readFileSync(file, "utf8")).to.equal("remember the milk");
  });
});
