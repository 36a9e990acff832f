import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

interface Request {
  readonly request: "promote" | "accept-loss" | null;
  readonly hasData: boolean;
  /** The highest term that the other server knows. */
  readonly peer: readonly [number: number, writer: string];
}

interface Answer {
  readonly term: readonly [number: number, writer: string];
  /** Empty where it does not become the writer. */
  readonly acceptsLoss: readonly boolean[];
  readonly left: readonly string[];
}

const asked = (...requests: readonly Partial<Request>[]) =>
  answered<Answer[]>(
    "cloudinit-promote.py",
    requests.map((one) => ({ request: null, hasData: true, peer: [1, "server-2"], ...one })),
  );

describe("a server that is asked to become the writer", () => {
  before(function () {
    needs(this, "python3");
  });

  it("begins a term of its own", () => {
    expect(asked({ request: "promote" })).to.deep.equal([
      { term: [2, "server-1"], acceptsLoss: [false], left: [] },
    ]);
  });
  it("takes no term where it has no data, and does not come back to it", () => {
    expect(asked({ request: "accept-loss", hasData: false }, {})).to.deep.equal([
      { term: [1, "server-2"], acceptsLoss: [], left: [] },
      { term: [1, "server-2"], acceptsLoss: [], left: [] },
    ]);
  });
  it("accepts a loss in the term that it was asked for, and in no later one", () => {
    const asks = asked({ request: "accept-loss" }, {}, { peer: [3, "server-2"] }, { request: "promote" });
    expect(asks.map(({ term: [number], acceptsLoss }) => [number, acceptsLoss])).to.deep.equal([
      [2, [true]],
      [2, [true]],
      [3, []],
      [4, [false]],
    ]);
  });
  it("accepts it also where it was asked without at first", () => {
    const asks = asked({ request: "promote" }, { request: "accept-loss" });
    expect(asks.map(({ term: [number], acceptsLoss }) => [number, acceptsLoss])).to.deep.equal([
      [2, [false]],
      [2, [true]],
    ]);
  });
});
