import { expect } from "chai";
import { faultsMessage } from "../../config/faults";
import { context, faultsOf, settingsOf } from "./config-support";

type Raw = Record<string, unknown>;
/** Title, settings, and of each fault its path, a part of its limit or value, and a part of its mend. */
type Case = readonly [string, Raw, ...(readonly [string, RegExp, RegExp])[]];

const server = { name: "server", count: 3, roles: ["web", "app", "db"] };
const web = { name: "web", count: 2, roles: ["web"] };
const app = { name: "app", count: 2, roles: ["app"] };
const db = { name: "db", count: 3, roles: ["db"] };
const key = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} me@example.com`;
const release = { url: "https://example.com/app.tar.gz", sha256: "a".repeat(64), start: "./run" };
const ssh = (...adminCidrs: unknown[]) => ({ access: { sshKeys: [key], adminCidrs } });
const range = (ipRange: string, more: Raw = {}) => ({ network: { ipRange }, ...more });
const threshold = (cpuPercent: Raw) => ({ monitoring: { thresholds: { cpuPercent } } });

const cases: readonly Case[] = [
  ["an unknown key", { colour: "red" }, ["colour", /no such option/, /known here: environment, domain/]],
  [
    "a misspelt key",
    { enviroment: "staging" },
    ["enviroment", /no such option/, /Rename it to "environment"/],
  ],
  ["a misspelt section", { databse: { mode: "cluster" } }, ["databse", /no such/, /"database"/]],
  [
    "a misspelt key in a list",
    { pools: [{ ...server, bakups: "daily" }] },
    ["pools[0].bakups", /no such/, /"backups"/],
  ],
  [
    "a misspelt required key, told once",
    { pools: [{ name: "server", cout: 3, roles: ["web", "app", "db"] }] },
    ["pools[0].cout", /no such/, /"count"/],
  ],
  ["a misplaced key", { ipRange: "10.0.0.0/20" }, ["ipRange", /no such/, /Move it to network\.ipRange/]],
  [
    "a deep unknown key",
    threshold({ alarm: 5 }),
    ["monitoring.thresholds.cpuPercent.alarm", /no such/, /warning, critical/],
  ],
  ["count 0", { pools: [{ ...server, count: 0 }] }, ["pools[0].count", /1 to 100/, /for example to 3/]],
  [
    "count three",
    { pools: [{ ...server, count: "three" }] },
    ["pools[0].count", /whole number/, /for example to 3/],
  ],
  [
    "a number in quotes",
    { pools: [{ ...server, count: "3" }] },
    ["pools[0].count", /whole/, /Write 3 without quotes.*--type int/],
  ],
  [
    "half a server",
    { pools: [{ ...server, count: 1.5 }] },
    ["pools[0].count", /whole number/, /within the limit/],
  ],
  [
    "a missing count",
    { pools: [{ name: "a", roles: ["web", "app", "db"] }] },
    ["pools[0].count", /whole/, /^Set it, for/],
  ],
  [
    "an unknown role",
    { pools: [server, { ...web, roles: ["wep"] }] },
    ["pools[1].roles[0]", /`web`, `app`, `db`/, /"web"/],
  ],
  ["no pools", { pools: [] }, ["pools", /at least 1 item/, /leave it out for the default/]],
  ["pools that are no list", { pools: "three" }, ["pools", /list/, /Write a list in YAML/]],
  ["broken JSON", { pools: '[{"name":' }, ["pools", /list/, /Write a list in YAML/]],
  ["a bad pool name", { pools: [{ ...server, name: "Web_1" }] }, ["pools[0].name", /lower-case/, /"web"/]],
  [
    "two pools of one name",
    { pools: [server, { ...web, name: "server" }] },
    ["pools[1].name", /unique; pools\[0\]/, /another name/],
  ],
  [
    "a role twice",
    { pools: [{ ...server, roles: ["web", "app", "db", "web"] }] },
    ["pools[0].roles[3]", /once/, /Remove it/],
  ],
  ["no web", { pools: [app, db] }, ["pools", /role web has to be carried/, /Add web/]],
  ["no app", { pools: [web, db] }, ["pools", /role app has to be carried/, /Add app/]],
  ["no database", { pools: [web, app] }, ["pools", /role db .* primary-replica/, /managed/]],
  [
    "db servers beside a managed database",
    { pools: [web, app, db], database: { mode: "managed" } },
    ["pools[2].roles", /no db/, /Remove db/],
  ],
  [
    "a size of unknown memory",
    { pools: [{ ...server, size: "huge" }] },
    ["pools[0].size", /names its memory/, /s-2vcpu-4gb/],
  ],
  [
    "a bad size",
    { pools: [{ ...server, size: "S 2" }] },
    ["pools[0].size", /size slug/, /default, "s-2vcpu-4gb"/],
  ],
  [
    "a cluster of two",
    { pools: [{ ...server, count: 2 }], database: { mode: "cluster" } },
    ["pools[0].count", /3 or more and an odd/, /Make it 3/],
  ],
  [
    "a cluster of four",
    { pools: [{ ...server, count: 4 }], database: { mode: "cluster" } },
    ["pools[0].count", /odd/, /3 or 5/],
  ],
  [
    "an even cluster over two pools",
    { pools: [web, app, db, { ...db, name: "more", count: 1 }], database: { mode: "cluster" } },
    ["pools[2].count", /odd/, /3 or 5/],
  ],
  [
    "a standby on 1 GB",
    { pools: [web, app], database: { mode: "managed", managed: { size: "db-s-1vcpu-1gb" } } },
    ["database.managed.nodes", /2 GB/, /db-s-1vcpu-2gb/],
  ],
  [
    "a database name in use",
    { database: { name: "mysql" } },
    ["database.name", /uses them itself/, /after the application/],
  ],
  [
    "a bad maintenance hour",
    { database: { managed: { maintenance: { hour: "3am" } } } },
    ["database.managed.maintenance.hour", /HH:MM:SS/, /03:00:00/],
  ],
  [
    "SSH from everywhere",
    ssh("0.0.0.0/0"),
    ["access.adminCidrs[0]", /never open to the whole internet/, /\/32/],
  ],
  [
    "SSH from all of IPv6",
    ssh("::/0"),
    ["access.adminCidrs[0]", /\/16 at the widest/, /addresses you administer/],
  ],
  [
    "SSH from half the internet, twice",
    ssh("0.0.0.0/1", "128.0.0.0/1"),
    ["access.adminCidrs[0]", /\/8/, /List/],
    ["access.adminCidrs[1]", /\/8/, /List/],
  ],
  [
    "a bad CIDR beside a world-open one",
    ssh("203.0.113.0/33", "0.0.0.0/0"),
    ["access.adminCidrs[0]", /203\.0\.113\.0\/24/, /203\.0\.113\.7\/32/],
    ["access.adminCidrs[1]", /\/8/, /List/],
  ],
  [
    "an address without length",
    ssh("203.0.113.7"),
    ["access.adminCidrs[0]", /\/32` for one address/, /within the limit/],
  ],
  ["host bits", ssh("203.0.113.7/24"), ["access.adminCidrs[0]", /bits after the \/24/, /203\.0\.113\.7\/32/]],
  [
    "host bits of IPv6",
    ssh("2001:db8::1/32"),
    ["access.adminCidrs[0]", /bits after the \/32/, /2001:db8::1\/128/],
  ],
  [
    "ranges without a key",
    { access: { adminCidrs: ["203.0.113.0/24"] } },
    ["access.sshKeys", /at least one key/, /Add your public key/],
  ],
  [
    "a key cut short",
    { access: { sshKeys: ["ssh-ed25519 AAAAC3Nz"] } },
    ["access.sshKeys[0]", /whole public key/, /in full/],
  ],
  ["no key at all", { access: { sshKeys: ["hello"] } }, ["access.sshKeys[0]", /\.pub/, /within the limit/]],
  [
    "a bad VPC range",
    range("10.0.0.0/33"),
    ["network.ipRange", /private range/, /default, "10\.100\.0\.0\/20"/],
  ],
  ["a public VPC range", range("8.8.0.0/20"), ["network.ipRange", /within 10\.0\.0\.0\/8/, /private range/]],
  ["a VPC too wide", range("10.0.0.0/8"), ["network.ipRange", /\/16 to \/28/, /\/20/]],
  [
    "a VPC too narrow",
    range("10.0.0.0/29"),
    ["network.ipRange", /\/16 to \/28/, /\/20/],
    ["network.ipRange", /addresses or more/, /\/28 or wider/],
  ],
  ["VPC host bits", range("10.100.0.1/20"), ["network.ipRange", /bits after the \/20/, /Clear/]],
  [
    "a reserved VPC range",
    range("10.244.0.0/20"),
    ["network.ipRange", /outside 10\.244\.0\.0\/16/, /another range/],
  ],
  [
    "a VPC range reserved in the region",
    range("10.10.0.0/20", { region: "nyc1" }),
    ["network.ipRange", /10\.10\.0\.0\/16.*nyc1/, /another/],
  ],
  [
    "a VPC too small for its servers",
    range("10.100.0.0/28", { pools: [{ ...server, count: 5 }] }),
    ["network.ipRange", /17 addresses/, /\/27 or wider/],
  ],
  ["an underscore in the domain", { domain: "foo_bar.com" }, ["domain", /lower case/, /foobar\.com/]],
  ["a domain of one label", { domain: "localhost" }, ["domain", /two or more labels/, /leave it out/]],
  ["a dot at the end", { domain: "foobar.com." }, ["domain", /without a dot/, /leave it out/]],
  ["a domain too long", { domain: `${"a.".repeat(130)}com` }, ["domain", /253/, /leave it out/]],
  [
    "a domain too long for its servers",
    { domain: `${"a.".repeat(118)}com` },
    ["domain", /253.*now/, /shorter domain/],
  ],
  [
    "a host and domain too long",
    { domain: `${"a.".repeat(118)}com`, host: "w".repeat(20) },
    ["host", /260 now/, /Shorten/],
    ["domain", /253/, /shorter/],
  ],
  ["a host of two labels", { host: "www.eu" }, ["host", /one label/, /"www"/]],
  ["a region that is none", { region: "mars" }, ["region", /region slug/, /nyc3/]],
  ["an unknown environment", { environment: "prod" }, ["environment", /`production`/, /"development"/]],
  [
    "passthrough with Let's Encrypt",
    { tls: { backend: "passthrough" } },
    ["tls.backend", /never leaves DigitalOcean/, /custom or internal/],
  ],
  [
    "Let's Encrypt without a zone",
    { dns: { zone: "none" } },
    ["dns.zone", /create or existing/, /Host the zone/],
  ],
  ["custom without a certificate", { tls: { certificate: "custom" } }, ["tls.custom", /needed/, /--secret/]],
  [
    "a certificate without custom",
    { tls: { custom: { certificate: "x", privateKey: "y" } } },
    ["tls.certificate", /custom where/, /remove tls\.custom/],
  ],
  [
    "a missing key",
    { tls: { certificate: "custom", custom: { certificate: "x" } } },
    ["tls.custom.privateKey", /text/, /config set --secret --path 'web-infra:tls\.custom\.privateKey'/],
  ],
  ["no units", { loadBalancer: { units: 0 } }, ["loadBalancer.units", /1 to 100/, /default, 2/]],
  [
    "a health path with a line break",
    { loadBalancer: { healthPath: "/x\ny" } },
    ["loadBalancer.healthPath", /starts with \//, /or leave it out\./],
  ],
  [
    "a bad SHA-256",
    { app: { release: { ...release, sha256: "abc" } } },
    ["app.release.sha256", /64 hexadecimal/, /for example/],
  ],
  [
    "a release over http",
    { app: { release: { ...release, url: "http://example.com/a" } } },
    ["app.release.url", /https/, /https:/],
  ],
  ["a port below 1024", { app: { port: 443 } }, ["app.port", /1024 to 65535/, /8443/]],
  ["the database's port", { app: { port: 3306 } }, ["app.port", /for the database/, /8443/]],
  [
    "a variable of the program",
    { app: { environment: { PORT: "1", DATABASE_URL: "x" } } },
    ["app.environment.PORT", /does not set itself/, /another name/],
    ["app.environment.DATABASE_URL", /itself/, /another/],
  ],
  [
    "a bad variable name",
    { app: { environment: { "a-b": "x" } } },
    ["app.environment.a-b", /capital letters/, /Rename it/],
  ],
  [
    "a variable of two lines",
    { app: { environment: { A: "x\ny" } } },
    ["app.environment.A", /one line/, /change its value/],
  ],
  [
    "a warning above critical",
    threshold({ warning: 96 }),
    ["monitoring.thresholds.cpuPercent.warning", /less than critical, 95/, /Lower/],
  ],
  [
    "a warning equal to critical",
    threshold({ warning: 50, critical: 50 }),
    ["monitoring.thresholds.cpuPercent.warning", /less than/, /Lower/],
  ],
  [
    "more than all",
    threshold({ critical: 101 }),
    ["monitoring.thresholds.cpuPercent.critical", /at most 100/, /95/],
  ],
  [
    "an existing folder without id",
    { monitoring: { folder: "existing" } },
    ["monitoring.folderId", /needed/, /folder's id/],
  ],
  [
    "a folder id for nothing",
    { monitoring: { folderId: "0".repeat(16) } },
    ["monitoring.folderId", /nothing with/, /existing/],
  ],
  [
    "a parent for nothing",
    { monitoring: { folder: "none", parentFolderId: "0".repeat(16) } },
    ["monitoring.parentFolderId", /nothing with/, /create/],
  ],
  [
    "a webhook over http",
    { monitoring: { notifications: { webhook: { url: "http://x" } } } },
    ["monitoring.notifications.webhook.url", /https/, /again/],
  ],
  [
    "no e-mail address",
    { monitoring: { notifications: { email: ["ops"] } } },
    ["monitoring.notifications.email[0]", /e-mail/, /ops@example\.com/],
  ],
];

describe("faults of the settings", () => {
  for (const [title, raw, ...expected] of cases) {
    it(title, () => {
      const faults = faultsOf(raw);
      expect(faults.map(({ path }) => path)).to.deep.equal(expected.map(([path]) => path));
      for (const [index, [, limit, mend]] of expected.entries()) {
        expect(faults[index]?.limit).to.match(limit);
        expect(faults[index]?.mend).to.match(mend);
        expect(faults[index]?.value).not.to.equal("");
      }
    });
  }

  it("a stack whose name droplets can't carry", () => {
    for (const stack of ["feature/x", "Dev", "dev_1", "1st", "-dev", "d".repeat(33), ""])
      expect(faultsOf({}, stack).map(({ path }) => path)).to.include("stack");
    expect(faultsOf({}, "d".repeat(32))).to.deep.equal([]);
  });

  it("come all at once", () => {
    const faults = faultsOf({
      colour: "red",
      domain: "foo_bar.com",
      network: { ipRange: "10.0.0.0/33" },
      pools: [
        { ...server, roles: ["web"], count: 0 },
        { ...server, roles: ["app"], count: "three" },
      ],
      access: { adminCidrs: ["0.0.0.0/0"] },
      tls: { backend: "passthrough" },
      app: { release: { ...release, sha256: "abc" } },
    });
    expect(faults.map(({ path }) => path)).to.have.members([
      "colour",
      "domain",
      "network.ipRange",
      "pools[0].count",
      "pools[1].count",
      "pools[1].name",
      "pools",
      "access.adminCidrs[0]",
      "access.sshKeys",
      "tls.backend",
      "app.release.sha256",
    ]);
  });

  it("make one message with every path, value, limit and mend", () => {
    const faults = faultsOf({ pools: [{ ...server, count: "three" }], colour: "red" });
    const message = faultsMessage(faults, context.stack);
    expect(message).to.match(/^Pulumi\.dev\.yaml: 2 faults in the settings/);
    for (const { path, value, limit, mend } of faults)
      for (const part of [path, value, limit, mend]) expect(message).to.include(part);
    expect(message).to.include('pools[0].count = "three"');
  });
});

describe("secrets in faults", () => {
  const secret = "hunter2";

  for (const [title, raw] of [
    ["a faulty secret", { monitoring: { notifications: { slack: { url: secret } } } }],
    ["a section that holds secrets", { monitoring: secret }],
    ["broken JSON with secrets in it", { tls: `{"custom": "${secret}` }],
    ["a misspelt secret", { tls: { custom: { certificate: "x", privatKey: secret } } }],
    ["a variable", { app: { environment: { lower: secret } } }],
    ["a variable of the program", { app: { environment: { PORT: secret } } }],
    ["variables that are no map", { app: { environment: [secret] } }],
    [
      "a private key where a public one belongs",
      { access: { sshKeys: [`-----BEGIN PRIVATE KEY----- ${secret}`] } },
    ],
  ] as const) {
    it(`are not shown: ${title}`, () => {
      const faults = faultsOf(raw);
      expect(faults).not.to.deep.equal([]);
      expect(JSON.stringify(faults)).not.to.include(secret);
    });
  }
});

describe("sound settings", () => {
  it("have safe defaults", () => {
    const settings = settingsOf({});
    expect(settings.access).to.deep.equal({ sshKeys: [], adminCidrs: [] });
    expect(settings.tls).to.deep.equal({ certificate: "lets-encrypt", backend: "reencrypt" });
    expect(settings.loadBalancer.units).to.equal(2);
    expect(settings.pools.map(({ count, roles }) => [count, roles])).to.deep.equal([
      [3, ["web", "app", "db"]],
    ]);
  });

  it("may come as Pulumi hands them over, lists and sections as JSON text", () => {
    expect(
      settingsOf({ domain: "example.com", pools: JSON.stringify([server]), loadBalancer: '{"units":3}' }),
    ).to.deep.equal(settingsOf({ domain: "example.com", pools: [server], loadBalancer: { units: 3 } }));
  });

  it("take a version, an image id and a variable for text, as YAML and the command line write them", () => {
    const settings = settingsOf({
      pools: [{ ...server, image: 123456 }],
      database: { managed: { version: 8 } },
      app: { environment: { LEVEL: 3, DEBUG: true } },
    });
    expect(settings.pools[0]?.image).to.equal("123456");
    expect(settings.database.managed.version).to.equal("8");
    expect(settings.app.environment).to.deep.equal({ LEVEL: "3", DEBUG: "true" });
  });

  it("come in every shape that is meant to work", () => {
    const shapes = [
      { pools: [{ ...server, count: 1 }] },
      { pools: [{ ...server, count: 50 }] },
      { pools: [web, { ...app, count: 3 }, db] },
      { pools: [web, app, db], database: { mode: "cluster" } },
      { pools: [web, app], database: { mode: "managed", managed: { size: "db-s-1vcpu-1gb", nodes: 1 } } },
      { tls: { certificate: "internal", backend: "passthrough" }, dns: { zone: "none" } },
      { host: "@", domain: "xn--mnchen-3ya.example.co.uk", region: "fra1" },
      { region: "nyc1" },
      { network: { ipRange: "10.100.0.0/28" } },
      ssh("203.0.113.7/32", "198.51.100.0/24", "2001:db8::/48"),
      { access: { sshKeys: [key] } },
      { app: { release, port: 9000 } },
      { monitoring: { folder: "existing", folderId: "0000000006743FDD" } },
    ];
    for (const shape of shapes) expect(faultsOf(shape)).to.deep.equal([]);
  });
});
