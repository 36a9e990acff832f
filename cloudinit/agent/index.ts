import type { Part } from "../part";
import { quoted } from "../quoted";
import { sandbox } from "../sandbox";
import type { ServerSpec } from "../server";
import { template } from "../template";
import { agentHealthPort, config } from "./config";

export { agentHealthPort };

const memoryMib = 100;

/** Ends once the agent is there. */
export const agentInstaller = "agent-install.service";

/** The monitoring agent. A server boots and serves without it where it can't be fetched. */
export function agent(spec: ServerSpec): Part {
  const { url, sha256 } = spec.agent;
  return {
    files: [
      {
        path: "/usr/local/sbin/agent-install",
        content: template("agent/agent-install.sh", { url: quoted(url), sha256 }),
        mode: "0755",
      },
      { path: "/etc/systemd/system/agent-install.service", content: template("agent/agent-install.service") },
      {
        path: "/etc/systemd/system/agent.service",
        content: template("agent/agent.service", {
          sha256,
          memoryMib,
          memoryMaxMib: memoryMib * 2,
          groups: ["adm", "systemd-journal", ...(spec.roles.includes("db") ? ["mysql"] : [])].join(" "),
        }),
      },
      { path: "/etc/systemd/system/agent.slice", content: template("agent/agent.slice") },
      sandbox("agent", "own"),
      { path: "/etc/sysusers.d/agent.conf", content: template("agent/agent-user.conf") },
      ...(spec.roles.includes("db")
        ? [
            {
              path: "/etc/systemd/system/mariadb.service.d/metrics.conf",
              content: template("agent/mariadb-unit.conf"),
            },
          ]
        : []),
      {
        path: "/etc/agent/config.yaml",
        content: `${JSON.stringify(config(spec, memoryMib))}\n`,
        mode: "0400",
      },
    ],
    units: [agentInstaller],
  };
}
