import { expect } from "chai";
import { events } from "../../cloudinit/events";
import { answered, fileOf, managed, needs, parsed, secrets, selfRun, specOf } from "./cloudinit-support";

describe("what the probes look at", () => {
  const sources = { system: secrets.source };
  const looksAt = (changes: Parameters<typeof specOf>[0]) =>
    JSON.parse(fileOf(specOf({ sources, ...changes }), "/etc/probes.json"));

  it("is every certificate that lands on the server", () => {
    const own = ["/etc/tls/authority.pem", "/etc/tls/certificate.pem"];
    expect(looksAt({}).certificates).to.have.members(own);
    const pem = "-----BEGIN CERTIFICATE-----\nsite\n-----END CERTIFICATE-----\n";
    const tls = { ...specOf().tls, passthrough: { certificate: pem, privateKey: secrets.siteKey } };
    expect(looksAt({ tls, database: managed, roles: ["web", "app"] }).certificates).to.have.members([
      ...own,
      "/etc/tls/database-authority.pem",
      "/etc/tls/site/certificate.pem",
    ]);
  });

  it("is every service of the roles, and no other", () => {
    const web = looksAt({ roles: ["web"], database: managed }).services;
    expect(web)
      .to.include.members(["nginx.service", "haproxy.service", "dnsmasq.service"])
      .and.not.include.members(["app.service", "mariadb.service", "agent-install.service"]);
    const database = looksAt({ roles: ["db"], database: selfRun("cluster") }).services;
    expect(database).to.include("mariadb.service").and.not.include("nginx.service");
  });

  it("is the data volume where there is one", () => {
    expect(looksAt({ roles: ["db"] }).mounts).to.deep.equal(["/", "/srv/database"]);
    expect(looksAt({ roles: ["web"], database: managed }).mounts).to.deep.equal(["/"]);
  });

  it("is nothing where there is nobody to tell", () => {
    expect(parsed(specOf()).write_files.map(({ path }) => path)).not.to.include("/etc/probes.json");
  });
});

describe("what the probes tell", () => {
  it("is what each of them finds, whatever becomes of the others", function () {
    needs(this, "python3");
    const half = "/etc/tls/half-written.pem";
    const { told, complaints } = answered<{ told: { event: string }[]; complaints: string[] }>(
      "cloudinit-probes.py",
      { certificates: [half], services: ["nginx.service"], mounts: ["/nowhere", "/"] },
    );
    expect(told[0]).to.deep.equal({ event: "certificate", path: half, name: "", days_left: 0 });
    expect(events.filesystem.parse(told[1])).to.include({ mount: "/" });
    expect(told).to.have.length(2);
    expect(complaints.map((line) => line.split(" ")[0])).to.deep.equal([
      "service",
      "units",
      "filesystem",
      "clock",
      "agent",
    ]);
  });
});
