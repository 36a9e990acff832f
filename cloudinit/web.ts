import { leftAfterSeconds } from "./health-check";
import type { Part, ServerFile } from "./part";
import { ports, statusPort } from "./ports";
import { sandbox } from "./sandbox";
import type { ServerSpec } from "./server";
import { template } from "./template";

/** A few seconds more than the balancer needs to notice, for it to act. */
const drainSeconds = leftAfterSeconds + 3;

/** nginx for the visitors, and its way to the application servers. */
export function web(spec: ServerSpec): Part {
  const { zone, app } = spec;
  return {
    packages: ["nginx"],
    files: [
      { path: "/etc/nginx/nginx.conf", content: nginx(spec) },
      { path: "/etc/systemd/system/nginx.service.d/site.conf", content: template("web/nginx-unit.conf") },
      sandbox("nginx", "debian"),
      {
        path: "/etc/systemd/system/web-drain.service",
        content: template("web/web-drain.service", { seconds: drainSeconds }),
      },
      {
        path: "/etc/haproxy/conf.d/web.cfg",
        content: template("web/haproxy.cfg", { zone, port: app.port, healthPath: app.healthPath }),
      },
      ...siteCertificate(spec),
    ],
    serves: [ports.https],
    calls: [app.port],
    units: ["nginx.service", "web-drain.service"],
  };
}

function nginx({ site, label, vpcRange, tls }: ServerSpec): string {
  const folder = tls.passthrough ? "/etc/tls/site" : "/etc/tls";
  return template("web/nginx.conf", {
    site,
    label,
    vpcRange,
    statusPort,
    realIpHeader: tls.passthrough ? "proxy_protocol" : "X-Forwarded-For",
    proxyProtocol: tls.passthrough ? " proxy_protocol" : "",
    certificate: `${folder}/certificate.pem`,
    privateKey: `${folder}/private-key.pem`,
  });
}

const siteCertificate = ({ tls }: ServerSpec): ServerFile[] =>
  tls.passthrough
    ? [
        { path: "/etc/tls/site/certificate.pem", content: tls.passthrough.certificate },
        { path: "/etc/tls/site/private-key.pem", content: tls.passthrough.privateKey, mode: "0400" },
      ]
    : [];
