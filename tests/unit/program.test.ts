import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import type { Props } from "../../tools/engine/props";
import { freshly, type Mode, modes, type Recording, record } from "../recorder";

const program = require.resolve("../../index");

/** The program run with a stack file's settings, some of them changed. */
function run(stack: string, mode: Mode, changes: Props = {}): Promise<Recording> {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Props };
  const own = Object.entries(config).flatMap(([key, value]) =>
    key.startsWith("web-infra:") ? [[key.slice("web-infra:".length), value]] : [],
  );
  return record(() => freshly(program), { mode, stack, config: { ...Object.fromEntries(own), ...changes } });
}

const names = (recording: Recording, type: string) => recording.all(type).map(({ name }) => name);

for (const mode of modes) {
  describe(`the program, ${mode}`, () => {
    it("makes the three-server shape: a balancer, a certificate, servers with a firewall and a collector each", async () => {
      const made = await run("dev", mode);
      expect(names(made, "LoadBalancer")).to.have.members(["balancer", "balancer"]);
      expect(made.all("index/certificate:Certificate")).to.have.length(1);
    });
  });
}
