import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { World } from "../../core/backend";
import { Clock } from "../../core/clock";
import { Store } from "../../core/store";
import { Authority } from "../../digitalocean/authority";
import { run } from "../../nodes/exec";
import { createNodes, type Nodes } from "../../nodes/nodes";
import { canRunNodes } from "../../nodes/requirements";
import type { Visitor } from "../../nodes/visitors";
import { balancer, droplet, dropletBody, vpc, worldOf } from "./objects";

const site = "www.foobar.com";
const [web, peer, stranger] = ["node-1", "node-2", "node-3"] as const;
const port = { tls: 443, plain: 8080 };

/** A web server that says who it is, on both ports; TLS with a certificate that nobody could verify. */
const userData = `#cloud-config
package_update: true
packages: [nginx-light, ssl-cert, netcat-openbsd]
write_files:
  - path: /etc/nginx/conf.d/own.conf
    defer: true
    content: |
      server {
        listen ${port.plain};
        listen ${port.tls} ssl;
        ssl_certificate /etc/ssl/certs/ssl-cert-snakeoil.pem;
        ssl_certificate_key /etc/ssl/private/ssl-cert-snakeoil.key;
        location / { return 200 "$hostname $http_x_forwarded_for $http_x_forwarded_proto"; }
        location /stall { proxy_pass http://127.0.0.1:9; }
      }
runcmd:
  - systemctl restart nginx
`;

const volume = { id: "volume", name: "data", size_gigabytes: 1, filesystem_type: "ext4", droplet_ids: [1] };
const firewall = {
  tags: ["web"],
  inbound_rules: [
    { protocol: "tcp", ports: `${port.tls}`, sources: { load_balancer_uids: [balancer.id] } },
    { protocol: "tcp", ports: `${port.plain}`, sources: { tags: ["web"], addresses: ["203.0.113.0/24"] } },
  ],
  outbound_rules: [
    { protocol: "tcp", ports: "0", destinations: { addresses: ["0.0.0.0/0"] } },
    { protocol: "udp", ports: "53", destinations: { addresses: ["0.0.0.0/0"] } },
  ],
};

describe("machines", function () {
  this.timeout(600_000);
  let nodes: Nodes;
  let stateDir: string;
  let internet: Visitor;
  let admin: Visitor;
  let world: World;

  before(async function () {
    const can = canRunNodes();
    if (!can.ok) {
      console.log(`      skipped: machines can't run here; missing: ${can.missing.join(", ")}`);
      return this.skip();
    }
    stateDir = await mkdtemp(join(tmpdir(), "local-cloud-test-"));
    nodes = await createNodes({ stateDir, log: (line) => console.log(`      ${line}`) });
    const clock = new Clock();
    const issuer = new Authority(new Store(undefined), clock, "Test");
    await writeFile(join(stateDir, "authority.pem"), (await issuer.root()).certificate);
    const leaf = await issuer.issue([site]);
    clock.stop();
    world = worldOf({
      droplets: [droplet(1, ["web"]), droplet(2, ["web"]), droplet(3)],
      firewalls: [firewall],
      volumes: [volume],
      balancers: [
        {
          ...balancer,
          droplet_ids: [1, 2],
          health_check: {
            ...balancer.health_check,
            path: "/",
            check_interval_seconds: 3,
            healthy_threshold: 2,
          },
        },
      ],
      certificates: [
        {
          id: "cert",
          leaf_certificate: leaf.certificate,
          certificate_chain: "",
          private_key: leaf.privateKey,
        },
      ],
      zones: { "foobar.com": [{ type: "A", name: "www", data: balancer.ip, ttl: 60 }] },
    });
    await nodes.reconcile(world);
    await Promise.all(
      [1, 2, 3].map((id) => nodes.createDroplet(dropletBody(id, userData, { tags: id < 3 ? ["web"] : [] }))),
    );
    await nodes.reconcile(world);
    internet = await nodes.visitor();
    admin = await nodes.visitor({ publicIp: "203.0.113.7" });
  });

  after(async () => {
    await nodes?.close();
    if (stateDir) {
      expect(readdirSync(stateDir)).to.deep.equal(["authority.pem"]);
      expect(execFileSync("losetup", ["--list"], { encoding: "utf8" })).not.to.contain(stateDir);
      await rm(stateDir, { recursive: true });
    }
  });

  it("run their user-data by cloud-init's own DigitalOcean data source, without error or warning", async () => {
    for (const node of [web, peer, stranger]) {
      const result = JSON.parse(
        await nodes.run(node, [
          "sh",
          "-c",
          "cloud-init status --wait >&2; cat /var/lib/cloud/data/result.json",
        ]),
      );
      expect(result.v1).to.deep.equal({ datasource: "DataSourceDigitalOcean", errors: [] });
      expect(
        await nodes.run(node, ["sh", "-c", "grep -E 'WARNING|ERROR' /var/log/cloud-init.log || true"]),
      ).to.equal("");
      expect((await nodes.run(node, ["systemctl", "is-system-running", "--wait"])).trim()).to.equal(
        "running",
      );
      expect((await nodes.run(node, ["hostname"])).trim()).to.equal(node);
    }
  });

  it("are told about themselves by the metadata service, and only about themselves", async () => {
    const fetch = ["curl", "-sSf", "http://169.254.169.254/metadata/v1/id"];
    expect(await nodes.run(web, fetch)).to.equal("1");
    expect(await nodes.run(stranger, fetch)).to.equal("3");
  });

  it("reach nothing of the real internet", async () => {
    expect(await failing(nodes.run(stranger, ["curl", "-sS", "-m", "3", "http://192.0.2.1/"]))).to.match(
      /connect to/i,
    );
    expect(await failing(nodes.run(stranger, ["getent", "hosts", "example.org"]))).not.to.equal(undefined);
  });

  it("find names as they will in the cloud", async () => {
    expect(await nodes.run(web, ["getent", "hosts", site])).to.match(new RegExp(`^${balancer.ip}\\s`));
  });

  it("are served by the balancer, re-encrypted, with the chain verified and the visitor told", async () => {
    await until(async () => [...(await nodes.health(balancer.id)).values()].every(Boolean));
    expect([...(await nodes.health(balancer.id)).keys()]).to.deep.equal([1, 2]);
    const answers = new Set<string>();
    for (let count = 0; count < 4; count++) answers.add(await ask());
    expect([...answers].sort()).to.deep.equal([`${web} 127.0.0.1 https`, `${peer} 127.0.0.1 https`]);
  });

  it("are served on the balancer's own address, and plain HTTP is sent to HTTPS", async () => {
    const answer = await internet.run(["curl", "-sSi", `http://${balancer.ip}/a?b=c`, "-H", `Host: ${site}`]);
    expect(answer).to.contain("307 Temporary Redirect").and.to.contain(`location: https://${site}/a?b=c`);
    expect(
      await internet.run(["curl", "-sSk", "--resolve", `${site}:443:${balancer.ip}`, `https://${site}/`]),
    ).to.contain(internet.publicIp);
  });

  it("let in only what their firewalls name, on either interface", async () => {
    const open = async (from: (argv: string[]) => Promise<string>, host: string, number: number) =>
      from([
        "curl",
        "-sk",
        "-m",
        "2",
        "-o",
        "/dev/null",
        `${number === port.tls ? "https" : "http"}://${host}:${number}/`,
      ]).then(
        () => true,
        () => false,
      );
    const inside = (node: string) => (argv: string[]) => nodes.run(node, argv);
    const asBalancer = (argv: string[]) => run(nodes.balancerCommand(balancer.id, argv));
    const [privateIp, publicIp] = ["10.10.0.11", "198.18.0.11"];
    const probes = [
      { from: asBalancer, host: privateIp, number: port.tls, open: true },
      { from: asBalancer, host: privateIp, number: port.plain, open: false },
      { from: inside(peer), host: privateIp, number: port.plain, open: true },
      { from: inside(peer), host: publicIp, number: port.plain, open: true },
      { from: inside(peer), host: privateIp, number: port.tls, open: false },
      { from: inside(stranger), host: privateIp, number: port.plain, open: false },
      { from: inside(stranger), host: publicIp, number: port.tls, open: false },
      { from: admin.run, host: publicIp, number: port.plain, open: true },
      { from: admin.run, host: publicIp, number: port.tls, open: false },
      { from: internet.run, host: publicIp, number: port.plain, open: false },
      { from: internet.run, host: "198.18.0.13", number: port.plain, open: true },
    ];
    const found = await Promise.all(probes.map(({ from, host, number }) => open(from, host, number)));
    expect(found).to.deep.equal(probes.map((probe) => probe.open));
  });

  it("are closed to other VPCs and reach out only as their firewalls say", async () => {
    await nodes.reconcile({ ...world, vpcs: [vpc, { id: "other", ip_range: "10.20.0.0/24" }] });
    const outsider = await nodes.visitor({ vpc: "other" });
    expect(
      await failing(outsider.run(["curl", "-sS", "-m", "2", `http://10.10.0.13:${port.plain}/`])),
    ).not.to.equal(undefined);
    await outsider.leave();
    const rules = { ...firewall, outbound_rules: [] };
    await nodes.reconcile({ ...world, firewalls: [rules] });
    expect(
      await failing(nodes.run(web, ["curl", "-sS", "-m", "2", `http://10.10.0.13:${port.plain}/`])),
    ).not.to.equal(undefined);
    await nodes.reconcile(world);
    expect(await nodes.run(web, ["curl", "-sS", "-m", "2", `http://10.10.0.13:${port.plain}/`])).to.contain(
      stranger,
    );
  });

  it("have their volumes, keep them over a reboot and hand them on", async () => {
    const device = "/dev/disk/by-id/scsi-0DO_Volume_data";
    const keep = `mkdir /data; echo '${device} /data ext4 defaults,nofail 0 0' >>/etc/fstab; mount /data; echo kept >/data/file`;
    await nodes.run(web, ["sh", "-ec", keep]);
    await nodes.power(1, "reboot");
    await until(() => nodes.run(web, ["cat", "/data/file"]).then((text) => text === "kept\n"));
    await until(() => nodes.run(web, ["curl", "-sSk", "https://localhost/"]).then(() => true));
    await nodes.run(web, ["umount", "/data"]);
    await nodes.reconcile({ ...world, volumes: [{ ...volume, droplet_ids: [3], size_gigabytes: 2 }] });
    expect(await failing(nodes.run(web, ["ls", device]))).to.contain("No such file");
    const grown = `blockdev --getsize64 ${device}; mount ${device} /mnt; cat /mnt/file; umount /mnt`;
    expect(await nodes.run(stranger, ["sh", "-ec", grown])).to.equal(`${2 * 2 ** 30}\nkept\n`);
  });

  it("come back by themselves when they reboot themselves", async () => {
    const boot = ["cat", "/proc/sys/kernel/random/boot_id"];
    const before = await nodes.run(stranger, [
      "sh",
      "-c",
      "systemctl show --property=UserspaceTimestampMonotonic",
    ]);
    await nodes.run(stranger, ["systemctl", "reboot"]).catch(() => {}); // the way in closes with it
    await until(
      async () =>
        (await nodes.run(stranger, ["sh", "-c", "systemctl show --property=UserspaceTimestampMonotonic"])) !==
        before,
    );
    expect(await nodes.run(stranger, boot)).not.to.equal("");
    await until(
      async () =>
        (await nodes.run(stranger, ["systemctl", "is-system-running", "--wait"])).trim() === "running",
    );
  });

  it("go silent when they are cut off or killed, and the balancer takes them out and in again", async () => {
    for (const [hurt, heal] of [
      [() => nodes.cut(peer), () => nodes.cut(peer, false)],
      [() => nodes.isolate(peer), () => nodes.isolate(peer, false)],
      [() => nodes.kill(peer), () => nodes.start(peer)],
    ] as const) {
      await until(async () => (await nodes.health(balancer.id)).get(2) === true);
      await hurt();
      await until(async () => (await nodes.health(balancer.id)).get(2) === false);
      expect(await ask()).to.contain(web);
      await heal();
      await until(async () => (await nodes.health(balancer.id)).get(2) === true);
    }
  });

  it("are made anew at once under the same id and addresses, as a rebuild does", async () => {
    await nodes.kill(peer);
    await nodes.deleteDroplet(2);
    await nodes.createDroplet(dropletBody(2, userData, { tags: ["web"] }));
    await until(async () => (await nodes.health(balancer.id)).get(2) === true);
  });

  it("are gone when they are deleted, from the balancer too", async () => {
    await nodes.deleteDroplet(2);
    await nodes.reconcile({
      ...world,
      droplets: [droplet(1, ["web"]), droplet(3)],
      balancers: [{ ...world.balancers[0], droplet_ids: [1] }],
    });
    expect(nodes.names()).to.deep.equal([web, stranger]);
    expect([...(await nodes.health(balancer.id)).keys()]).to.deep.equal([1]);
  });

  it("serve a managed database over TLS alone, to its trusted sources alone", async () => {
    const database = {
      id: "database",
      name: "app-db",
      engine: "mysql",
      private_network_uuid: vpc.id,
      db_names: ["app"],
      users: [
        { name: "doadmin", password: "first" },
        { name: "app", password: "it's" },
      ],
      rules: [{ type: "droplet", value: "1" }],
    };
    const endpoint = await nodes.createDatabase(database);
    await nodes.reconcile({ ...world, databases: [database] });
    expect([endpoint.user, endpoint.password]).to.deep.equal(["doadmin", "first"]);
    const probe = (node: string) =>
      nodes.run(node, ["nc", "-z", "-w", "2", endpoint.privateHost, `${endpoint.port}`]);
    await probe(web);
    expect(await failing(probe(stranger))).not.to.equal(undefined);
    await nodes.run(web, ["sh", "-c", "cat >/tmp/ca.pem"], endpoint.authority);
    const shake = `openssl s_client -starttls mysql -connect ${endpoint.privateHost}:${endpoint.port} -verify_hostname ${endpoint.privateHost} -CAfile /tmp/ca.pem -verify_return_error </dev/null`;
    expect(await nodes.run(web, ["sh", "-c", shake])).to.contain("Verification: OK");
    await nodes.deleteDatabase(database.id);
  });

  async function ask(): Promise<string> {
    const at = nodes.balancerAddress(balancer.id, 443);
    const trust = [
      "--cacert",
      join(stateDir, "authority.pem"),
      "--connect-to",
      `${site}:443:${at?.host}:${at?.port}`,
    ];
    return run(["curl", "-sS", "-m", "5", ...trust, `https://${site}/`]);
  }
});

/** The fault's message; undefined where there was none. */
function failing(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: Error) => error.message,
  );
}

async function until(good: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await good().catch(() => false)) return;
    await delay(250);
  }
  throw new Error("It did not come to that within a minute.");
}
