import { expect } from "chai";
import type { ServerSpec } from "../../cloudinit/server";
import { describeStack } from "../../components";
import { plainSpec } from "../../components/userdata";
import { fileOf, managed, secrets, specOf } from "./cloudinit-support";
import { settingsOf } from "./config-support";

describe("what the agent reads of logs", () => {
  it("is what was rotated while it was away too", () => {
    const sources = {
      "nginx-access": secrets.source,
      "nginx-error": secrets.source,
      database: secrets.source,
    };
    const { receivers } = JSON.parse(fileOf(specOf({ sources }), "/etc/agent/config.yaml"));
    expect(Object.values<{ include: string[] }>(receivers).flatMap(({ include }) => include)).to.deep.equal(
      ["nginx/access.log", "nginx/error.log", "mysql/error.log", "mysql/slow.log"].flatMap((name) => [
        `/var/log/${name}`,
        `/var/log/${name}.1`,
      ]),
    );
  });
});

describe("what the agent measures", () => {
  it("is whole disks alone, and no network within the server", () => {
    const { scrapers } = JSON.parse(
      fileOf(specOf({ sources: { metrics: secrets.source } }), "/etc/agent/config.yaml"),
    ).receivers.hostmetrics;
    const { devices, match_type } = scrapers.disk.exclude;
    expect(match_type).to.equal("regexp");
    const named = ["vda", "sda", "vda1", "vda15", "sda1", "loop0", "ram1", "zram0", "dm-0"];
    expect(named.filter((name) => !new RegExp(devices[0]).test(name))).to.deep.equal(["vda", "sda"]);
    expect(scrapers.network.exclude).to.deep.equal({ interfaces: ["lo"], match_type: "strict" });
  });
});

describe("who reads the database's counters", () => {
  const readers = (changes: Partial<ServerSpec>) =>
    JSON.parse(fileOf(specOf({ sources: { metrics: secrets.source }, ...changes }), "/etc/agent/config.yaml"))
      .receivers;

  it("is each database server's own agent, over the local socket and without a password", () => {
    expect(readers({ roles: ["db"] }).mysql).to.include({ transport: "unix", username: "agent" });
    expect(readers({ roles: ["db"] }).mysql).not.to.have.property("password");
    expect(readers({ roles: ["web"] })).not.to.have.property("mysql");
  });

  it("is one elected application server of a managed one, over TLS with the chain verified", () => {
    const elected = { roles: ["app"], database: managed, readsManagedDatabase: true } as const;
    expect(readers(elected).mysql).to.deep.include({
      endpoint: "private-db.example.com:25060",
      tls: { ca_file: "/etc/tls/database-authority.pem", server_name_override: "private-db.example.com" },
    });
    expect(readers({ ...elected, readsManagedDatabase: false })).not.to.have.property("mysql");
  });

  it("elects exactly one, the same however many there are", () => {
    for (const count of [1, 2, 9]) {
      const pools = [
        { name: "web", count: 2, roles: ["web"] },
        { name: "app", count, roles: ["app"] },
      ];
      const stack = describeStack(settingsOf({ pools, database: { mode: "managed" } }), "web-infra", "dev");
      const elected = stack.nodes.filter((node) => plainSpec(node, stack).readsManagedDatabase);
      expect(elected.map(({ label }) => label)).to.deep.equal(["app-1"]);
    }
  });
});
