import { expect } from "chai";
import { faultsMessage } from "../../config/faults";
import { context, faultsOf, pool, release } from "./config-support";

const { server } = pool;

describe("faults", () => {
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
  it("are not shown when YAML takes them for a number", () => {
    const faults = faultsOf({ monitoring: { notifications: { pagerduty: { integrationKey: 271828 } } } });
    expect(faults.map(({ path }) => path)).to.deep.equal([
      "monitoring.notifications.pagerduty.integrationKey",
    ]);
    expect(JSON.stringify(faults)).not.to.include("271828");
  });

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
