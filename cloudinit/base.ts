import type { Part } from "./part";
import { sandbox } from "./sandbox";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** ns1, ns2 and ns3.digitalocean.com. */
const nameServers = ["173.245.58.51", "173.245.59.41", "198.41.222.173"];
/** The resolvers that DigitalOcean gives to droplets. */
const resolvers = ["67.207.67.2", "67.207.67.3"];

/** Loads the host's firewall. */
export const firewallUnit = "nftables.service";

/** Firewall, SSH, names, time, updates, journal, kernel settings, swap and this server's identity. */
export function base(spec: ServerSpec, others: readonly Part[]): Part {
  return {
    packages: [
      "nftables",
      "openssh-server",
      "dnsmasq",
      "chrony",
      "unattended-upgrades",
      "logrotate",
      "ca-certificates",
      "curl",
    ],
    files: [
      { path: "/etc/nftables.conf", content: firewall(spec, others), mode: "0755" },
      { path: "/etc/ssh/sshd_config.d/00-hardening.conf", content: template("base/sshd.conf") },
      {
        path: "/etc/dnsmasq.d/peers.conf",
        content: template("base/dnsmasq.conf", { forward: forward(spec.zone) }),
      },
      {
        path: "/etc/systemd/system/dnsmasq.service.d/resolver.conf",
        content: template("base/dnsmasq-unit.conf"),
      },
      sandbox("dnsmasq", "debian"),
      {
        path: "/etc/systemd/system/do-agent.service.d/metadata.conf",
        content: template("base/do-agent-unit.conf"),
      },
      { path: "/etc/systemd/journald.conf.d/limits.conf", content: template("base/journald.conf") },
      { path: "/etc/sysctl.d/90-hardening.conf", content: template("base/sysctl.conf") },
      { path: "/etc/apt/apt.conf.d/52-upgrades", content: template("base/apt-upgrades.conf") },
      {
        path: "/etc/systemd/system/swapfile.service",
        content: template("base/swapfile.service"),
      },
      { path: "/usr/local/sbin/swapfile", content: template("base/swapfile.sh"), mode: "0755" },
      { path: "/etc/tls/authority.pem", content: spec.tls.authority },
      { path: "/etc/tls/certificate.pem", content: spec.tls.certificate },
      { path: "/etc/tls/private-key.pem", content: spec.tls.privateKey, mode: "0400" },
    ],
    units: [
      firewallUnit,
      "dnsmasq.service",
      "chrony.service",
      "unattended-upgrades.service",
      "swapfile.service",
      ...(isOpenToAdmins(spec) ? ["ssh.service"] : []),
    ],
    unwanted: isOpenToAdmins(spec) ? [] : ["ssh.service"],
  };
}

const isOpenToAdmins = ({ access }: ServerSpec) => access.sshKeys.length > 0 && access.adminCidrs.length > 0;

function firewall(spec: ServerSpec, others: readonly Part[]): string {
  const served = portList(others.flatMap((part) => part.serves ?? []));
  const called = portList(others.flatMap((part) => part.calls ?? []));
  const admins = isOpenToAdmins(spec) ? spec.access.adminCidrs : [];
  return template("base/nftables.conf", {
    served: served && `ip saddr ${spec.vpcRange} tcp dport { ${served} } accept`,
    called: called && `ip daddr ${spec.vpcRange} tcp dport { ${called} } accept`,
    ssh: admins
      .map((range) => `${range.includes(":") ? "ip6" : "ip"} saddr ${range} tcp dport 22 accept`)
      .join("\n        "),
    nameServers: nameServers.join(", "),
    resolvers: resolvers.join(", "),
  });
}

const portList = (list: readonly number[]) => [...new Set(list)].sort((a, b) => a - b).join(", ");

const forward = (zone: string) =>
  [
    ...nameServers.map((address) => `server=/${zone}/${address}`),
    ...resolvers.map((address) => `server=${address}`),
  ].join("\n");
