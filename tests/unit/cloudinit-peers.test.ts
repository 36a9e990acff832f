import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

/** How many peers a server believes to have, each time it looks at the published addresses of the others. */
const believed = (...looks: readonly (readonly [seconds: number, published: readonly string[]])[]) =>
  answered<number[][]>("cloudinit-peers.py", [looks])[0];

const others = ["10.0.0.2", "10.0.0.3"];

describe("the peers of a database server", () => {
  before(function () {
    needs(this, "python3");
  });

  it("are those that are published", () => {
    expect(believed([100, others])).to.deep.equal([2]);
    expect(believed([100, []])).to.deep.equal([0]);
  });
  it("are not gone because an answer lacks them: one is taken for missing", () => {
    expect(believed([100, others], [101, []], [159, []], [160, others])).to.deep.equal([2, 1, 1, 2]);
    expect(believed([100, others], [101, []], [130, others], [170, []])).to.deep.equal([2, 1, 2, 1]);
  });
  it("are gone once answers have lacked them for a minute", () => {
    expect(believed([100, others], [101, []], [161, []], [162, []])).to.deep.equal([2, 1, 0, 0]);
  });
});
