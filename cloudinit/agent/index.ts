import type { Part } from "../part";
import { sandbox } from "../sandbox";
import type { ServerSpec } from "../server";
import { template } from "../template";
import { config } from "./config";

/** The OpenTelemetry Collector's contrib distribution, as its makers release it. */
const release = {
  version: "0.145.0",
  url: "https://github.com/open-telemetry/opentelemetry-collector-releases/releases/download/v0.145.0/otelcol-contrib_0.145.0_linux_amd64.tar.gz",
  sha256: "3d7f326c860ba32ee752e6703116ef6a1406b8161f282b0ce295c67ce841c236",
};

const memoryMib = 100;

/** The monitoring agent. A server boots and serves without it where it can't be fetched. */
export function agent(spec: ServerSpec): Part {
  const { version } = release;
  return {
    files: [
      {
        path: "/usr/local/sbin/agent-install",
        content: template("agent/agent-install.sh", release),
        mode: "0755",
      },
      { path: "/etc/systemd/system/agent-install.service", content: template("agent/agent-install.service") },
      {
        path: "/etc/systemd/system/agent.service",
        content: template("agent/agent.service", {
          version,
          memoryMib,
          memoryMaxMib: memoryMib * 2,
          groups: ["adm", "systemd-journal", ...(spec.roles.includes("db") ? ["mysql"] : [])].join(" "),
        }),
      },
      sandbox("agent", "own"),
      {
        path: "/etc/agent/config.yaml",
        content: `${JSON.stringify(config(spec, memoryMib))}\n`,
        mode: "0400",
      },
    ],
    units: ["agent-install.service"],
  };
}
