import { expect } from "chai";
import { balancerConfig, serverState } from "../../nodes/balancer-config";
import { type BalancerObject, readWorld } from "../../nodes/world";
import { balancer, worldOf } from "./objects";

const surroundings = {
  namespace: "lb1",
  targets: [{ id: 1, address: "10.10.0.2" }],
  loopback: new Map([
    [80, 40080],
    [443, 40443],
  ]),
  directory: "/run/lb1",
};
const parsed = (over: object = {}): BalancerObject => {
  const [found] = readWorld(worldOf({ balancers: [{ ...balancer, ...over }] })).balancers;
  if (!found) throw new Error("no balancer");
  return found;
};
const config = (over: object = {}) => balancerConfig(parsed(over), surroundings);
const part = (text: string, title: string) =>
  text.split("\n\n").find((each) => each.startsWith(`${title}\n`)) ?? "";

describe("a balancer's configuration", () => {
  it("checks health at the balancer's own interval and thresholds, over TLS without verifying", () => {
    const health = part(config(), "backend health");
    expect(health).to.contain("http-check send meth GET uri /readyz ver HTTP/1.1");
    expect(health).to.contain("http-check expect status 200-399");
    expect(health).to.contain("timeout check 5s");
    expect(health).to.contain(
      "10.10.0.2:443 namespace lb1 check inter 10s fall 3 rise 5 check-ssl verify none",
    );
  });

  it("re-encrypts without verifying, follows the checks, repeats nothing and closes after each answer", () => {
    const text = config();
    expect(text).to.contain("retries 0").and.not.to.contain("redispatch").and.not.to.contain("retry-on");
    const backend = part(text, "backend port-443");
    expect(backend).to.contain(
      "server droplet-1 10.10.0.2:443 namespace lb1 track health/droplet-1 ssl verify none",
    );
    expect(backend).to.contain("option http-server-close");
    expect(part(config({ enable_backend_keepalive: true }), "backend port-443")).not.to.contain(
      "http-server-close",
    );
  });

  it("tells the droplets who asks and how", () => {
    const front = part(config(), "frontend port-443");
    expect(front).to.contain("option forwardfor");
    expect(front).to.contain("option idle-close-on-response");
    expect(front).to.contain("http-request set-header X-Forwarded-Proto https");
  });

  it("serves its address and a loopback port, with HTTP/2 where the entry says so", () => {
    const front = part(config(), "frontend port-443");
    expect(front).to.contain("bind 198.18.0.9:443 namespace lb1 ssl crt /run/lb1/cert.pem alpn http/1.1");
    expect(front).to.contain("bind 127.0.0.1:40443 ssl crt");
    const [first, second] = balancer.forwarding_rules;
    const http2 = config({ forwarding_rules: [first, { ...second, entry_protocol: "http2" }] });
    expect(part(http2, "frontend port-443")).to.contain("alpn h2,http/1.1");
  });

  it("redirects port 80 even if no rule names it", () => {
    const rules = balancer.forwarding_rules.filter(({ entry_port: port }) => port === 443);
    expect(part(config({ forwarding_rules: rules }), "frontend port-80")).to.contain("redirect scheme https");
    const plain = config({ forwarding_rules: rules, redirect_http_to_https: false });
    expect(part(plain, "frontend port-80")).to.equal("");
  });

  it("redirects only where it is to", () => {
    expect(part(config(), "frontend port-80")).to.contain("redirect scheme https code 307");
    const plain = config({ redirect_http_to_https: false });
    expect(part(plain, "frontend port-80"))
      .to.contain("default_backend port-80")
      .and.not.to.contain("redirect");
  });

  it("passes TLS through untouched, with the PROXY protocol in the checks, too", () => {
    const rule = { ...balancer.forwarding_rules[1], certificate_id: "", tls_passthrough: true };
    const text = config({
      forwarding_rules: [rule],
      redirect_http_to_https: false,
      enable_proxy_protocol: true,
    });
    expect(part(text, "frontend port-443")).to.contain("mode tcp").and.not.to.contain("ssl");
    expect(part(text, "backend port-443"))
      .to.contain("track health/droplet-1 send-proxy")
      .and.not.to.contain("ssl");
    expect(part(text, "backend health")).to.contain("check-send-proxy");
  });

  it("keeps sessions by the cookie asked for", () => {
    const text = config({
      sticky_sessions: { type: "cookies", cookie_name: "DO-LB", cookie_ttl_seconds: 300 },
    });
    const backend = part(text, "backend port-443");
    expect(backend).to.contain('cookie DO-LB insert indirect nocache attr "Max-Age=300"');
    expect(backend).to.contain("cookie droplet-1");
  });

  it("lets in by its own firewall", () => {
    const text = config({ firewall: { allow: ["cidr:192.0.2.0/24"], deny: ["ip:192.0.2.7"] } });
    expect(text).to.contain("tcp-request connection reject if { src 192.0.2.7 }");
    expect(text).to.contain("tcp-request connection reject unless { src 192.0.2.0/24 }");
  });

  it("leaves out what haproxy can't serve", () => {
    const rules = [
      ...balancer.forwarding_rules,
      { ...balancer.forwarding_rules[1], entry_protocol: "http3", entry_port: 8443 },
    ];
    expect(config({ forwarding_rules: rules })).not.to.contain("8443");
  });

  it("begins with new droplets out of rotation and keeps those that passed", () => {
    const targets = [
      { id: 1, address: "10.10.0.2" },
      { id: 2, address: "10.10.0.3" },
    ];
    const rows = serverState(parsed(), targets, new Map([[1, true]]))
      .trim()
      .split("\n")
      .slice(2)
      .map((row) => row.split(" "));
    expect(rows.map((row) => [row[3], row[5]])).to.deep.equal([
      ["droplet-1", "2"],
      ["droplet-2", "0"],
    ]);
  });
});
