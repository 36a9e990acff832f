import { expect } from "chai";
import type { Port } from "../../nodes/host";
import { ruleset } from "../../nodes/ruleset";

const port = (name: string, number: number, vpc = "a"): Port => ({
  name,
  publicIp: `198.18.0.${number}`,
  vpc: { id: vpc, range: "10.10.0.0/20", ip: `10.10.0.${number}` },
  configured: false,
  mark: number,
});

const one = port("d1", 1);
const two = port("d2", 2);
const chain = (text: string, name: string) =>
  new RegExp(`chain ${name} \\{\\n(.*?)\\n {2}\\}`, "s").exec(text)?.[1] ?? "";

describe("the rules between the nodes", () => {
  it("leave a host without a policy open", () => {
    const text = ruleset([one], [], new Map());
    expect(text).not.to.contain("in-d1");
    expect(chain(text, "forward")).to.contain("meta nfproto ipv4 accept");
  });

  it("drop what a policy does not name, in both directions and on both interfaces", () => {
    const policy = {
      inbound: [{ protocol: "tcp" as const, ports: "443", addresses: ["10.10.0.9"] }],
      outbound: [],
    };
    const text = ruleset([one, two], [], new Map([["d1", policy]]));
    expect(chain(text, "in-d1").trim().split(/\n\s*/)).to.deep.equal([
      "ip saddr 10.10.0.9 tcp dport 443 return",
      "drop",
    ]);
    expect(chain(text, "out-d1").trim()).to.equal("drop");
    for (const hook of ["forward", "input"]) {
      expect(chain(text, hook)).to.contain('iifname vmap { "d1.0" : jump out-d1, "d1.1" : jump out-d1 }');
    }
    expect(chain(text, "forward")).to.contain('oifname vmap { "d1.0" : jump in-d1, "d1.1" : jump in-d1 }');
  });

  it("give each address of a rule a line, with ranges, all ports and icmp", () => {
    const inbound = [
      { protocol: "udp" as const, ports: "8000-8999", addresses: ["10.0.0.0/8", "10.1.2.3"] },
      { protocol: "tcp" as const, ports: "all", addresses: ["0.0.0.0/0"] },
      { protocol: "icmp" as const, ports: "all", addresses: ["0.0.0.0/0"] },
      { protocol: "tcp" as const, ports: "22", addresses: [] },
    ];
    const lines = chain(ruleset([one], [], new Map([["d1", { inbound, outbound: [] }]])), "in-d1");
    expect(lines.trim().split(/\n\s*/)).to.deep.equal([
      "ip saddr 10.0.0.0/8 udp dport 8000-8999 return",
      "ip saddr 10.1.2.3 udp dport 8000-8999 return",
      "ip saddr 0.0.0.0/0 ip protocol tcp return",
      "ip saddr 0.0.0.0/0 ip protocol icmp return",
      "drop",
    ]);
  });

  it("lose a cut host's packets before connections that are open are let through", () => {
    const forward = chain(ruleset([one, two], ["d2.0", "d2.1"], new Map()), "forward");
    const lines = forward.trim().split(/\n\s*/);
    expect(lines.indexOf('oifname { "d2.0", "d2.1" } drop')).to.be.within(
      0,
      lines.indexOf("ct state established,related accept"),
    );
  });

  it("wall VPCs off from each other and from the internet", () => {
    const forward = chain(ruleset([one, two, port("d3", 3, "b")], [], new Map()), "forward");
    expect(forward).to.contain('iifname { "d1.1", "d2.1" } oifname != { "d1.1", "d2.1" } drop');
    expect(forward).to.contain('oifname { "d3.1" } iifname != { "d3.1" } drop');
  });

  it("keep the metadata service within reach of a host that may reach nothing", () => {
    const text = ruleset([one], [], new Map([["d1", { inbound: [], outbound: [] }]]));
    const lines = chain(text, "input").trim().split(/\n\s*/);
    expect(lines.indexOf("ip daddr 169.254.169.254 accept"))
      .to.be.below(lines.length - 1)
      .and.above(-1);
  });
});
