import { expect } from "chai";
import type { Answer, Packet } from "dns-packet";
import { answer, type Knowledge } from "../../nodes/dns";

const record = (type: string, name: string, data: string, more: object = {}) => ({
  type,
  name,
  data,
  ttl: 60,
  ...more,
});
const zones = {
  "foobar.com": [
    record("A", "@", "198.18.0.1"),
    record("A", "www", "198.18.0.2"),
    record("A", "www", "198.18.0.3"),
    record("CNAME", "blog", "www.foobar.com"),
    record("CNAME", "away", "example.org"),
    record("A", "*.any", "198.18.0.4"),
    record("A", "a.deep", "198.18.0.5"),
    record("MX", "@", "mail.foobar.com", { priority: 10 }),
    record("SRV", "_sip._tcp", "sip.foobar.com", { priority: 1, weight: 2, port: 5060 }),
    record("TXT", "@", "hello"),
    record("CAA", "@", "letsencrypt.org", { flags: 0, tag: "issue" }),
  ],
  "in.foobar.com": [record("A", "db", "10.10.0.2")],
};
const server: Knowledge = { zones, resolver: false, fixed: { "deb.debian.org": "198.51.100.80" } };
const resolver = { ...server, resolver: true };
const ask = (name: string, type: string, knowledge = server) =>
  answer({ id: 7, questions: [{ name, type: type as "A", class: "IN" }] } as Packet, knowledge);
const data = (reply: Packet) =>
  reply.answers?.map((each: Answer) => ("data" in each ? each.data : undefined));
const rcode = (reply: Packet) => (reply.flags ?? 0) & 15;
const isAuthoritative = (reply: Packet) => ((reply.flags ?? 0) & 0x400) !== 0;

describe("the name servers", () => {
  it("answer what the zone has, with authority", () => {
    const reply = ask("WWW.foobar.com", "A");
    expect(data(reply)).to.deep.equal(["198.18.0.2", "198.18.0.3"]);
    expect([rcode(reply), isAuthoritative(reply), reply.id]).to.deep.equal([0, true, 7]);
  });

  it("follow an alias within the zone, and leave one out of it to the asker", () => {
    expect(data(ask("blog.foobar.com", "A"))).to.deep.equal(["www.foobar.com", "198.18.0.2", "198.18.0.3"]);
    expect(data(ask("away.foobar.com", "A"))).to.deep.equal(["example.org"]);
  });

  it("tell a name that is not there from a type that is not, with how long to remember it", () => {
    const [absent, empty] = [ask("nope.foobar.com", "A"), ask("www.foobar.com", "AAAA")];
    expect([rcode(absent), rcode(empty)]).to.deep.equal([3, 0]);
    for (const reply of [absent, empty]) {
      expect(reply.answers).to.deep.equal([]);
      expect(reply.authorities?.[0]).to.deep.include({ type: "SOA", name: "foobar.com", ttl: 1800 });
    }
  });

  it("know wildcards, and names that only have names below them", () => {
    expect(data(ask("x.any.foobar.com", "A"))).to.deep.equal(["198.18.0.4"]);
    expect(rcode(ask("deep.foobar.com", "A"))).to.equal(0);
  });

  it("answer from the closest zone", () => {
    expect(data(ask("db.in.foobar.com", "A"))).to.deep.equal(["10.10.0.2"]);
    expect(ask("x.in.foobar.com", "A").authorities?.[0]?.name).to.equal("in.foobar.com");
  });

  it("give each type its own form", () => {
    expect(data(ask("foobar.com", "MX"))).to.deep.equal([{ preference: 10, exchange: "mail.foobar.com" }]);
    expect(data(ask("_sip._tcp.foobar.com", "SRV"))).to.deep.equal([
      { priority: 1, weight: 2, port: 5060, target: "sip.foobar.com" },
    ]);
    expect(data(ask("foobar.com", "TXT"))).to.deep.equal(["hello"]);
    expect(data(ask("foobar.com", "CAA"))).to.deep.equal([
      { flags: 0, tag: "issue", value: "letsencrypt.org" },
    ]);
    expect(ask("foobar.com", "SOA").answers?.[0]?.type).to.equal("SOA");
  });

  it("refuse what is not theirs", () => {
    expect(rcode(ask("deb.debian.org", "A"))).to.equal(5);
    expect(rcode(ask("foobar.community", "A"))).to.equal(5);
  });
});

describe("the droplets' resolvers", () => {
  it("know the zones and the mirrors, and nothing of the real internet", () => {
    expect(data(ask("www.foobar.com", "A", resolver))).to.have.length(2);
    expect(isAuthoritative(ask("www.foobar.com", "A", resolver))).to.equal(false);
    expect(data(ask("deb.debian.org", "A", resolver))).to.deep.equal(["198.51.100.80"]);
    expect([
      rcode(ask("deb.debian.org", "AAAA", resolver)),
      rcode(ask("example.org", "A", resolver)),
    ]).to.deep.equal([0, 3]);
  });
});
