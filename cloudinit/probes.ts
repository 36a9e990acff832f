import { agentHealthPort, agentInstaller } from "./agent";
import { mounts } from "./mounts";
import type { Part } from "./part";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** A timer that tells the journal, each minute, of what the agent itself does not see. */
export function probes(spec: ServerSpec, others: readonly Part[]): Part {
  const files = others.flatMap((part) => part.files ?? []);
  const units = others.flatMap((part) => part.units ?? []);
  const wanted = {
    certificates: files
      .filter(({ content }) => content.startsWith("-----BEGIN CERTIFICATE-----"))
      .map(({ path }) => path),
    // It ends once the agent is there, which has an event of its own.
    services: units.filter((unit) => unit !== agentInstaller),
    mounts: mounts(spec),
  };
  return {
    files: [
      { path: "/etc/probes.json", content: `${JSON.stringify(wanted)}\n` },
      {
        path: "/usr/local/sbin/probes",
        content: template("probes/probes.py", { healthPort: agentHealthPort }),
        mode: "0755",
      },
      { path: "/etc/systemd/system/probes.service", content: template("probes/probes.service") },
      { path: "/etc/systemd/system/probes.timer", content: template("probes/probes.timer") },
    ],
    units: ["probes.timer"],
  };
}
