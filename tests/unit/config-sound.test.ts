import { expect } from "chai";
import { faultsOf, pool, release, settingsOf, ssh, sshKey } from "./config-support";

const { server, web, app, db } = pool;

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
      { network: { ipRange: "10.30.0.0/28" } },
      ssh("203.0.113.7/32", "198.51.100.0/24", "2001:db8::/48"),
      { access: { sshKeys: [sshKey] } },
      { app: { release, port: 9000 } },
      { monitoring: { folder: "existing", folderId: "0000000006743FDD" } },
    ];
    for (const shape of shapes) expect(faultsOf(shape)).to.deep.equal([]);
  });
});
