import { expect } from "chai";
import * as fc from "fast-check";
import { baselineRules, roleInbound } from "../../../components";
import { type Role, roles } from "../../../config/schema";
import { stackOf } from "../../settings";

const tags = { web: "tag:web", app: "tag:app", db: "tag:db" };
const sources = { balancerId: "balancer", tags };
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUmDIlOgtzfCFLuKbKxSoBKzQdsLbBvt0Oq9y3n6rsm ops";

/** Port and source of each rule, as one text. */
function lines(carried: readonly Role[], mode = "primary-replica"): string[] {
  const count = mode === "cluster" ? 3 : 1;
  const stack = stackOf({ pools: [{ name: "all", count, roles: [...roles] }], database: { mode } });
  return roleInbound(carried, stack, sources).map(
    ({ portRange, sourceTags = [], sourceLoadBalancerUids = [] }) =>
      `${portRange} from ${[sourceTags, sourceLoadBalancerUids].flat().join(" ")}`,
  );
}

describe("a server's own firewall rules", () => {
  const table: [Role[], string, string[]][] = [
    [["web"], "primary-replica", ["443 from balancer"]],
    [["app"], "primary-replica", ["8443 from tag:web"]],
    [["db"], "primary-replica", ["3306 from tag:app tag:db", "9200 from tag:app tag:db"]],
    [
      ["db"],
      "cluster",
      [
        "3306 from tag:app tag:db",
        "9200 from tag:app tag:db",
        "4444 from tag:db",
        "4567 from tag:db",
        "4568 from tag:db",
      ],
    ],
  ];
  for (const [carried, mode, expected] of table) {
    it(`${carried}, ${mode}`, () => expect(lines(carried, mode)).to.deep.equal(expected));
  }

  it("are those of each role together, and name no address", () => {
    fc.assert(
      fc.property(fc.subarray([...roles]), (carried) => {
        expect(lines(carried)).to.deep.equal(carried.flatMap((role) => lines([role])));
        const rules = roleInbound(carried, stackOf(), sources);
        expect(rules.every((rule) => rule.sourceAddresses === undefined)).to.equal(true);
      }),
    );
  });
});

describe("the baseline firewall", () => {
  it("lets nobody in but pings from the VPC", () => {
    expect(baselineRules(stackOf()).inbound).to.deep.equal([
      { protocol: "icmp", sourceAddresses: ["10.30.0.0/20"] },
    ]);
  });

  it("lets the admins in by SSH, and only from their addresses", () => {
    const access = { adminCidrs: ["198.51.100.0/24"], sshKeys: [key] };
    const ssh = baselineRules(stackOf({ access })).inbound.filter(({ portRange }) => portRange === "22");
    expect(ssh).to.deep.equal([{ protocol: "tcp", portRange: "22", sourceAddresses: ["198.51.100.0/24"] }]);
  });

  it("lets servers reach the world by names, time and HTTP(S) alone", () => {
    const open = baselineRules(stackOf()).outbound.filter(({ destinationAddresses }) =>
      (destinationAddresses as string[]).includes("0.0.0.0/0"),
    );
    expect(open.map(({ protocol, portRange }) => `${protocol} ${portRange ?? ""}`.trim())).to.deep.equal([
      "tcp 53",
      "tcp 80",
      "tcp 443",
      "udp 53",
      "udp 123",
      "icmp",
    ]);
  });
});
