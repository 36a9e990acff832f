import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { mirrorAddress } from "local-cloud/nodes/addresses";
import { run } from "local-cloud/nodes/exec";
import { createNodes, type Nodes } from "local-cloud/nodes/nodes";
import { userData } from "../../cloudinit";
import { firstStarts } from "../../tools/first-starts";
import { managed, specOf } from "../unit/cloudinit-support";
import { skipWithoutNodes } from "./rehearsed";

const releases = "releases.test";
const vpc = { id: "vpc", ip_range: "10.10.0.0/20" };
const nothing = { droplets: [], firewalls: [], balancers: [], volumes: [], databases: [], certificates: [] };

/** Application servers with a release of the user's, each with a fault of its own, installed from nothing. */
describe("the first boot of a server", function () {
  this.timeout(400_000);
  let nodes: Nodes;
  let folder: string;
  let archive: Buffer;
  /** What a user is told of those that failed. */
  const said: string[] = [];
  const toldOf = (name: string) => said.find((line) => line.startsWith(`${name} `)) ?? "";

  before(async function () {
    skipWithoutNodes(this);
    folder = await mkdtemp(join(tmpdir(), "first-boot-"));
    await writeFile(join(folder, "site"), "#!/bin/sh\nexec sleep infinity\n", { mode: 0o755 });
    await run(["tar", "-czf", join(folder, "site.tar.gz"), "-C", folder, "site"]);
    archive = await readFile(join(folder, "site.tar.gz"));

    nodes = await createNodes({ stateDir: join(folder, "state"), fresh: true });
    await nodes.publish(releases, (_, response) => response.end(archive));
    await nodes.reconcile({ ...nothing, vpcs: [vpc], zones: {} });
    await run(nodes.networkCommand(["nft", "-f", "-"]), deadMirror(publicIp(4)));
    await Promise.all([
      boot(1, "sound", {}),
      boot(2, "changed", { sha256: "0".repeat(64) }),
      boot(3, "full", {
        bootcmd: [
          "mkdir -p /var/cache/apt/archives",
          "mount -t tmpfs -o size=2M tmpfs /var/cache/apt/archives",
        ],
      }),
      boot(4, "cut-off", {}),
    ]);
    await firstStarts(nodes, (line) => said.push(line));
  });

  after(async () => {
    await nodes?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  it("ends well from nothing, with the release unpacked and running", async () => {
    expect(await status("sound")).to.contain("status: done");
    expect(await state("sound")).to.equal("running");
    expect((await nodes.run("sound", ["systemctl", "is-active", "app"])).trim()).to.equal("active");
  });

  it("refuses a release with another checksum, and says so", async () => {
    expect(await status("changed")).to.contain("status: error");
    expect(await state("changed")).to.equal("degraded");
    expect(toldOf("changed")).to.match(/does not have the SHA-256 0{64}: refused/);
    const active = await nodes.run("changed", ["sh", "-c", "systemctl is-active app || true"]);
    expect(active.trim()).to.equal("inactive");
    expect(await nodes.run("changed", ["ls", "/opt/app"])).not.to.contain("release");
  });

  it("says that the disk is full", async () => {
    expect(await status("full")).to.contain("status: error");
    expect(toldOf("full")).to.contain("enough free space");
  });

  it("says that Debian's mirror is dead", async () => {
    expect(await status("cut-off")).to.contain("status: error");
    expect(toldOf("cut-off")).to.match(/deb\.debian\.org.*(refused|connect)/i);
  });

  it("closes a server to which packages are missing all the same", async () => {
    const input = ["nft", "list", "chain", "inet", "host", "input"];
    expect(await nodes.run("cut-off", input)).to.contain("policy drop");
  });

  const status = (name: string) => nodes.run(name, ["sh", "-c", "cloud-init status --long || true"]);
  const state = async (name: string) =>
    (await nodes.run(name, ["sh", "-c", "systemctl is-system-running --wait || true"])).trim();

  async function boot(
    id: number,
    name: string,
    fault: { sha256?: string; bootcmd?: string[] },
  ): Promise<void> {
    const sha256 = fault.sha256 ?? createHash("sha256").update(archive).digest("hex");
    const release = { url: `https://${releases}/site.tar.gz`, sha256, start: "./site" };
    const spec = specOf({
      name,
      label: name,
      roles: ["app"],
      database: managed,
      app: { port: 8443, healthPath: "/", environment: {}, release },
    });
    await nodes.createDroplet({
      id,
      name,
      region: "nyc3",
      size: "s-1vcpu-1gb",
      image: "debian-12-x64",
      userData: withCommands(userData(spec), fault.bootcmd),
      publicIp: publicIp(id),
      privateIp: `10.10.0.${id + 1}`,
      vpcUuid: vpc.id,
      tags: [],
      volumeIds: [],
      sshKeys: [],
    });
  }
});

const publicIp = (id: number): string => `198.18.0.${id + 10}`;

/** The user-data, and what is done before anything else. */
function withCommands(data: string, bootcmd: readonly string[] = []): string {
  const config = JSON.parse(data.slice(data.indexOf("\n")));
  return `#cloud-config\n${JSON.stringify({ ...config, bootcmd })}`;
}

/** The mirror refuses one server. */
const deadMirror = (address: string): string => `table inet dead {
  chain mirror {
    type filter hook input priority -10
    ip saddr ${address} ip daddr ${mirrorAddress} meta l4proto tcp reject with tcp reset
  }
}`;
