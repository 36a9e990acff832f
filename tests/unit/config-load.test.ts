import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { loadSettings, raise } from "../../config/load";
import { settingsOf } from "./config-support";

describe("loading the settings", () => {
  const kept = pulumi.runtime.allConfig();

  const configure = (values: Record<string, string>) => {
    pulumi.runtime.setMocks(
      { newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) },
      "web-infra",
      "dev",
    );
    pulumi.runtime.setAllConfig(values);
  };
  after(() => pulumi.runtime.setAllConfig(kept));

  const failure = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it("reads the project's own keys, as the engine hands them over", () => {
    configure({
      "web-infra:domain": "example.com",
      "web-infra:loadBalancer": '{"units":3}',
      "digitalocean:token": "t",
    });
    expect(loadSettings()).to.deep.equal(settingsOf({ domain: "example.com", loadBalancer: { units: 3 } }));
  });

  it("fails once with all faults, as an error that the engine shows without a stack trace", () => {
    configure({
      "web-infra:colour": "red",
      "web-infra:pools": '[{"name":"a","count":"three","roles":["web","app","db"]}]',
    });
    const error = failure(loadSettings);
    expect(pulumi.RunError.isInstance(error)).to.equal(true);
    expect(String(error)).to.match(/Pulumi\.dev\.yaml: 2 faults/);
    expect(String(error)).to.include("pools[0].count").and.include("colour");
  });

  it("lets other checks fail in the same way, and pass without faults", () => {
    configure({});
    raise([]);
    const fault = {
      path: "pools[0]",
      value: "70000 bytes of user-data",
      limit: "65536 bytes",
      mend: "Shorten it.",
    };
    const error = failure(() => raise([fault]));
    expect(pulumi.RunError.isInstance(error)).to.equal(true);
    for (const part of Object.values(fault)) expect(String(error)).to.include(part);
  });
});
