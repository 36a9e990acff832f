import type { BalancerObject } from "./world";

/** A droplet behind the balancer. */
export interface Target {
  readonly id: number;
  readonly address: string;
}

/** What the balancer's configuration needs beside the API's object. */
export interface Surroundings {
  /** Network namespace of the balancer. */
  readonly namespace: string;
  readonly targets: readonly Target[];
  /** Loopback port of this machine by entry port. */
  readonly loopback: ReadonlyMap<number, number>;
  /** Folder of the sockets, the state file, and the certificates (`<certificate id>.pem`). */
  readonly directory: string;
}

type Rule = BalancerObject["forwarding_rules"][number];

/** The backend that does the health checks; the others follow its verdict. */
export const checkBackend = "health";
export const serverName = (id: number): string => `droplet-${id}`;

/** Debian's haproxy has neither QUIC nor UDP. */
export const isServed = ({ entry_protocol: entry }: Rule): boolean => entry !== "udp" && entry !== "http3";

/** What it answers on: its rules, and port 80 where that is redirected, which needs no rule of its own. */
export function entries(balancer: BalancerObject): Rule[] {
  const served = balancer.forwarding_rules.filter(isServed);
  const implied = balancer.redirect_http_to_https && !served.some(({ entry_port: port }) => port === 80);
  return implied ? [...served, plainEntry] : served;
}

const plainEntry: Rule = {
  entry_protocol: "http",
  entry_port: 80,
  target_protocol: "http",
  target_port: 80,
  certificate_id: "",
  tls_passthrough: false,
};

const modernCiphers =
  "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

/**
 * haproxy's configuration for a LoadBalancer: what DigitalOcean documents and no more. No request is sent
 * twice, a droplet is out of rotation until its checks pass, the certificates of the droplets are not verified.
 */
export function balancerConfig(balancer: BalancerObject, surroundings: Surroundings): string {
  const { directory } = surroundings;
  const idle = `${balancer.http_idle_timeout_seconds}s`;
  const sections = [
    section("global", [
      `stats socket ${directory}/stats.sock mode 600 level admin`,
      `server-state-file ${directory}/state`,
      "maxconn 4000",
      "nbthread 1",
      "tune.ssl.default-dh-param 2048",
      "ssl-default-bind-options ssl-min-ver TLSv1.2",
      ...(balancer.tls_cipher_policy === "STRONG" ? [`ssl-default-bind-ciphers ${modernCiphers}`] : []),
      "ssl-default-server-options ssl-min-ver TLSv1.2",
    ]),
    section("defaults", [
      "retries 0",
      "timeout connect 5s",
      `timeout client ${idle}`,
      `timeout server ${idle}`,
      "timeout http-request 30s",
      "load-server-state-from-file global",
    ]),
    section(`backend ${checkBackend}`, healthCheck(balancer, surroundings)),
    ...entries(balancer).flatMap((rule) => {
      const name = `port-${rule.entry_port}`;
      const redirect = balancer.redirect_http_to_https && rule.entry_protocol === "http";
      const front = section(`frontend ${name}`, frontend(balancer, rule, surroundings, redirect));
      return redirect ? [front] : [front, section(`backend ${name}`, backend(balancer, rule, surroundings))];
    }),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** haproxy's state file: which droplets had passed their checks before; the others begin outside the rotation. */
export function serverState(
  balancer: BalancerObject,
  targets: readonly Target[],
  health: ReadonlyMap<number, boolean>,
): string {
  const { healthy_threshold: rise, unhealthy_threshold: fall, port } = balancer.health_check;
  const lines = targets.map(({ id, address }, at) => {
    const up = health.get(id);
    const [state, result, passed] = up ? [2, 3, rise + fall - 1] : [0, 0, 0];
    return `1 ${checkBackend} ${at + 1} ${serverName(id)} ${address} ${state} 0 1 1 0 1 ${result} ${passed} 6 0 0 0 - ${port} - 0 0 - - 0`;
  });
  return `1\n${stateColumns}\n${lines.join("\n")}\n`;
}

const stateColumns =
  "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port";

function healthCheck(balancer: BalancerObject, { targets, namespace }: Surroundings): string[] {
  const check = balancer.health_check;
  const http = [
    "mode http",
    "option httpchk",
    `http-check send meth GET uri ${check.path} ver HTTP/1.1 hdr Host ${balancer.ip}`,
    "http-check expect status 200-399",
  ];
  const settings = [
    `inter ${check.check_interval_seconds}s fall ${check.unhealthy_threshold} rise ${check.healthy_threshold}`,
    ...(check.protocol === "https" ? ["check-ssl verify none"] : []),
    ...(balancer.enable_proxy_protocol ? ["check-send-proxy"] : []),
  ].join(" ");
  return [
    ...(check.protocol === "tcp" ? ["mode tcp"] : http),
    `timeout check ${check.response_timeout_seconds}s`,
    ...targets.map(
      ({ id, address }) =>
        `server ${serverName(id)} ${address}:${check.port} namespace ${namespace} check ${settings}`,
    ),
  ];
}

function frontend(
  balancer: BalancerObject,
  rule: Rule,
  { namespace, loopback, directory }: Surroundings,
  redirect: boolean,
): string[] {
  const secure = rule.entry_protocol === "https" || rule.entry_protocol === "http2";
  const protocols = rule.entry_protocol === "http2" ? "h2,http/1.1" : "http/1.1";
  const tls =
    secure && !rule.tls_passthrough
      ? ` ssl crt ${directory}/${rule.certificate_id}.pem alpn ${protocols}`
      : "";
  const { allow, deny } = balancer.firewall;
  return [
    `mode ${modeOf(rule)}`,
    `bind ${balancer.ip}:${rule.entry_port} namespace ${namespace}${tls}`,
    `bind 127.0.0.1:${loopback.get(rule.entry_port)}${tls}`,
    ...(deny.length > 0 ? [`tcp-request connection reject if { src ${sources(deny)} }`] : []),
    ...(allow.length > 0 ? [`tcp-request connection reject unless { src ${sources(allow)} }`] : []),
    ...(redirect
      ? ["http-request redirect scheme https code 307"]
      : [`default_backend port-${rule.entry_port}`]),
    // A change of its servers closes no connection that a visitor is about to use.
    ...(modeOf(rule) === "http" ? ["option idle-close-on-response"] : []),
    ...(modeOf(rule) === "http" && !redirect ? forwarded(rule, secure) : []),
  ];
}

function forwarded(rule: Rule, secure: boolean): string[] {
  return [
    "option forwardfor",
    `http-request set-header X-Forwarded-Proto ${secure ? "https" : "http"}`,
    `http-request set-header X-Forwarded-Port ${rule.entry_port}`,
  ];
}

function backend(balancer: BalancerObject, rule: Rule, { targets, namespace }: Surroundings): string[] {
  const { type, cookie_name: cookie, cookie_ttl_seconds: ttl } = balancer.sticky_sessions;
  const http = modeOf(rule) === "http";
  const sticky = http && type === "cookies";
  const tls = http && (rule.target_protocol === "https" || rule.target_protocol === "http2");
  const settings = [
    ...(tls ? ["ssl verify none"] : []),
    ...(rule.target_protocol === "http2" && tls ? ["alpn h2"] : []),
    ...(balancer.enable_proxy_protocol ? ["send-proxy"] : []),
  ];
  return [
    `mode ${modeOf(rule)}`,
    "balance roundrobin",
    ...(http && !balancer.enable_backend_keepalive ? ["option http-server-close"] : []),
    ...(sticky ? [`cookie ${cookie} insert indirect nocache attr "Max-Age=${ttl}"`] : []),
    ...targets.map(({ id, address }) =>
      [
        `server ${serverName(id)} ${address}:${rule.target_port} namespace ${namespace} track ${checkBackend}/${serverName(id)}`,
        ...settings,
        ...(sticky ? [`cookie ${serverName(id)}`] : []),
      ].join(" "),
    ),
  ];
}

const modeOf = (rule: Rule): "tcp" | "http" =>
  rule.entry_protocol === "tcp" || rule.tls_passthrough ? "tcp" : "http";

/** `ip:1.2.3.4` and `cidr:1.2.0.0/16`, as haproxy writes them. */
const sources = (list: readonly string[]): string =>
  list.map((source) => source.slice(source.indexOf(":") + 1)).join(" ");

const section = (title: string, lines: readonly string[]): string =>
  [title, ...lines.map((line) => `  ${line}`)].join("\n");
