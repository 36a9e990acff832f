import type { Part } from "./part";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** The local haproxy, by which a server finds its peers; each role adds its own file in conf.d. */
export function haproxy(spec: ServerSpec): Part {
  return {
    packages: ["haproxy"],
    files: [
      {
        path: "/etc/haproxy/haproxy.cfg",
        content: template("haproxy/haproxy.cfg", { maxconn: Math.min(8192, spec.memoryMib * 2) }),
      },
      { path: "/etc/default/haproxy", content: template("haproxy/default") },
      { path: "/etc/systemd/system/haproxy.service.d/site.conf", content: template("haproxy/unit.conf") },
    ],
    units: ["haproxy.service"],
  };
}
