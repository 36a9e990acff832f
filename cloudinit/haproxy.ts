import type { Part } from "./part";
import { sandbox } from "./sandbox";
import { template } from "./template";

/** The local haproxy, by which a server finds its peers; each role adds its own file in conf.d. */
export function haproxy(): Part {
  return {
    packages: ["haproxy"],
    files: [
      {
        path: "/etc/haproxy/haproxy.cfg",
        content: template("haproxy/haproxy.cfg"),
      },
      { path: "/etc/default/haproxy", content: template("haproxy/default") },
      { path: "/etc/systemd/system/haproxy.service.d/order.conf", content: template("haproxy/order.conf") },
      sandbox("haproxy", "debian"),
    ],
    units: ["haproxy.service"],
  };
}
