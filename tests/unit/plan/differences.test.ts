import { expect } from "chai";
import type { Json } from "../../../tools/engine/props";
import { besides, differences, pathText } from "../../../tools/plan/differences";

const firewall = "digitalocean:index/firewall:Firewall";
const paths = (before: Json, after: Json, type = firewall) =>
  differences(type, before, after).map(({ path }) => pathText(path));

describe("differences of inputs", () => {
  it("are told by the path to the deepest place", () => {
    expect(
      paths({ a: { b: 1, c: 2 }, d: [1, { e: 2 }] }, { a: { b: 1, c: 3 }, d: [1, { e: 3 }] }),
    ).to.deep.equal(["a.c", "d[1].e"]);
  });

  it("are none between nothing, null and what is empty", () => {
    expect(paths({ a: null, b: [], c: "", d: {} }, {})).to.deep.equal([]);
    expect(paths({ a: false }, { a: true })).to.deep.equal(["a"]);
    expect(paths({ a: 0 }, {})).to.deep.equal(["a"]);
  });

  it("leave the order of lists out where it says nothing, at any depth, and only there", () => {
    const rule = (...sourceAddresses: string[]) => ({ protocol: "tcp", sourceAddresses });
    const [one, other] = [rule("10.0.0.1", "10.0.0.2"), rule("10.0.0.3")];
    expect(
      paths({ inboundRules: [one, other] }, { inboundRules: [other, rule("10.0.0.2", "10.0.0.1")] }),
    ).to.deep.equal([]);
    expect(paths({ inboundRules: [one, other] }, { inboundRules: [other] })).to.deep.equal([
      "inboundRules[0]",
    ]);
    expect(
      paths({ recipients: ["a", "b"] }, { recipients: ["b", "a"] }, "sumologic:index/monitor:Monitor"),
    ).to.have.length(2);
  });

  it("tell one item put into a list, not all that follow it", () => {
    const panels = (...keys: string[]) => ({ panels: keys.map((key) => ({ key })) });
    expect(paths(panels("a", "b", "c"), panels("a", "x", "b", "c"))).to.deep.equal(["panels[1]"]);
    expect(paths(panels("a", "b", "c"), panels("x", "a", "b", "c"))).to.deep.equal(["panels[0]"]);
  });

  it("leave out what is to be ignored", () => {
    const found = differences(firewall, { a: { b: 1, c: 1 }, d: 1 }, { a: { b: 2, c: 2 }, d: 2 });
    const left = (...ignored: string[]) => besides(found, ignored).map(({ path }) => pathText(path));
    expect(left("a")).to.deep.equal(["d"]);
    expect(left("a.c")).to.deep.equal(["a.b", "d"]);
    expect(left("*")).to.deep.equal([]);
    expect(left("a.bc")).to.deep.equal(["a.b", "a.c", "d"]);
  });
});
