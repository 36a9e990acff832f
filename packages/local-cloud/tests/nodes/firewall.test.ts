import { expect } from "chai";
import { type Directory, policyOf, trustPolicy } from "../../nodes/firewall";
import { type Objects, readWorld } from "../../nodes/world";

const directory: Directory = {
  droplets: new Map([
    [1, ["198.18.0.1", "10.0.0.1"]],
    [2, ["198.18.0.2", "10.0.0.2"]],
  ]),
  tags: new Map([
    [1, ["web"]],
    [2, ["web", "db"]],
  ]),
  balancers: new Map([["lb", ["198.18.0.9", "10.0.0.9"]]]),
};

const firewalls = (...list: object[]): Objects["firewalls"] =>
  readWorld({
    droplets: [],
    firewalls: list.map((each) => ({ ...each })),
    balancers: [],
    vpcs: [],
    volumes: [],
    databases: [],
    certificates: [],
    zones: {},
  }).firewalls;

describe("a droplet's firewalls", () => {
  it("leave it open when none applies", () => {
    expect(policyOf(1, firewalls({ tags: ["db"], droplet_ids: [2] }), directory)).to.equal(undefined);
    expect(policyOf(1, [], directory)).to.equal(undefined);
  });

  it("let through together what one of them lets through, by tag and by id", () => {
    const policy = policyOf(
      2,
      firewalls(
        { tags: ["db"], inbound_rules: [{ protocol: "tcp", ports: "3306", sources: { tags: ["web"] } }] },
        {
          droplet_ids: [2],
          inbound_rules: [{ protocol: "tcp", ports: "443", sources: { load_balancer_uids: ["lb"] } }],
        },
        {
          droplet_ids: [1],
          inbound_rules: [{ protocol: "tcp", ports: "22", sources: { addresses: ["0.0.0.0/0"] } }],
        },
      ),
      directory,
    );
    expect(policy?.inbound).to.deep.equal([
      { protocol: "tcp", ports: "3306", addresses: ["198.18.0.1", "10.0.0.1", "198.18.0.2", "10.0.0.2"] },
      { protocol: "tcp", ports: "443", addresses: ["198.18.0.9", "10.0.0.9"] },
    ]);
    expect(policy?.outbound).to.deep.equal([]);
  });

  it("know 0 as all ports, droplets by id, and IPv4 alone", () => {
    const destinations = { addresses: ["0.0.0.0/0", "::/0"], droplet_ids: [1] };
    const policy = policyOf(
      1,
      firewalls({ tags: ["web"], outbound_rules: [{ protocol: "udp", ports: "0", destinations }] }),
      directory,
    );
    expect(policy?.outbound).to.deep.equal([
      { protocol: "udp", ports: "all", addresses: ["0.0.0.0/0", "198.18.0.1", "10.0.0.1"] },
    ]);
  });
});

describe("a database's trusted sources", () => {
  it("are everybody when there are none", () => {
    expect(trustPolicy([], 25060, directory).inbound).to.deep.equal([
      { protocol: "tcp", ports: "25060", addresses: ["0.0.0.0/0"] },
    ]);
  });

  it("are addresses, droplets and tags", () => {
    const rules = [
      { type: "ip_addr", value: "192.0.2.0/24" },
      { type: "droplet", value: "1" },
      { type: "tag", value: "db" },
    ];
    expect(trustPolicy(rules, 25060, directory).inbound[0]?.addresses).to.deep.equal([
      ...["192.0.2.0/24", "198.18.0.1", "10.0.0.1", "198.18.0.2", "10.0.0.2"],
    ]);
  });
});
