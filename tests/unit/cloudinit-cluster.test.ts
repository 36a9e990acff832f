import { expect } from "chai";
import fc from "fast-check";
import { answered, needs } from "./cloudinit-support";

/** What a node of the cluster says of itself; null: it does not answer. */
interface State {
  readonly label: string;
  readonly blank: boolean;
  readonly running: boolean;
  readonly primary: boolean;
  readonly position: readonly [history: string, number: number] | null;
}

const node = (number: number, changes: Partial<State> = {}): State => ({
  label: `server-${number}`,
  blank: true,
  running: false,
  primary: false,
  position: null,
  ...changes,
});
const filled = (number: number, at: number, changes: Partial<State> = {}) =>
  node(number, { blank: false, position: ["history", at], ...changes });

/** For each cluster, as seen by all of its nodes, which of them would begin it. */
function beginners(
  clusters: readonly (readonly State[])[],
  answers: (own: State, other: State) => boolean,
): string[][] {
  const cases = clusters.flatMap((cluster) =>
    cluster.map((own) => ({
      own,
      others: cluster.filter((other) => other !== own).map((other) => (answers(own, other) ? other : null)),
    })),
  );
  const may = answered<boolean[]>("cloudinit-cluster.py", cases);
  return clusters.map((cluster) => cluster.filter(() => may.shift()).map(({ label }) => label));
}

const all = () => true;

describe("who begins the database cluster", () => {
  before(function () {
    needs(this, "python3");
  });

  it("is the first server where every server is blank", () => {
    expect(beginners([[node(1), node(2), node(3)]], all)).to.deep.equal([["server-1"]]);
  });
  it("is the server that is furthest where all have stopped", () => {
    expect(beginners([[filled(1, 7), filled(2, 9), filled(3, 8)]], all)).to.deep.equal([["server-2"]]);
  });
  it("is one server where several are equally far", () => {
    expect(beginners([[filled(1, 9), filled(2, 9), filled(3, 9)]], all)).to.deep.equal([["server-3"]]);
  });
  it("is a server with data, never a blank one beside it", () => {
    expect(beginners([[node(1), filled(2, 3), filled(3, 4)]], all)).to.deep.equal([["server-3"]]);
  });
  it("is nobody while a server does not answer", () => {
    const away = (_: State, { label }: State) => label !== "server-3";
    expect(beginners([[filled(1, 9), filled(2, 7), filled(3, 8)]], away)[0]).not.to.include("server-1");
    expect(beginners([[node(1), node(2), node(3)]], away)[0]).to.deep.equal([]);
  });
  it("is nobody where the cluster runs already", () => {
    const cluster = [node(1), filled(2, 5, { running: true, primary: true }), filled(3, 5)];
    expect(beginners([cluster], all)[0]).not.to.include.members(["server-1", "server-3"]);
  });
  it("is nobody where two servers come from different clusters", () => {
    const cluster = [filled(1, 7), filled(2, 9, { position: ["another", 9] }), filled(3, 8)];
    expect(beginners([cluster], all)).to.deep.equal([[]]);
  });
  it("is a server with a history where another's data did not arrive, and nobody where none has one", () => {
    const without = { position: ["00000000-0000-0000-0000-000000000000", -1] } as const;
    expect(beginners([[filled(1, 9), filled(2, 8), filled(3, 0, without)]], all)).to.deep.equal([
      ["server-1"],
    ]);
    expect(beginners([[node(1), filled(2, 0, without), filled(3, 0, without)]], all)).to.deep.equal([[]]);
  });
  it("is never more than one, and never one that lacks what another has", () => {
    const state = (number: number) =>
      fc
        .record({
          blank: fc.boolean(),
          running: fc.boolean(),
          at: fc.option(fc.integer({ min: -1, max: 3 })),
        })
        .map(({ blank, running, at }) =>
          node(number, { blank, running, position: at === null ? null : ["history", at] }),
        );
    const clusters = fc.sample(
      fc
        .integer({ min: 1, max: 5 })
        .chain((size) => fc.tuple(...Array.from({ length: size }, (_, at) => state(at + 1)))),
      500,
    );
    for (const [at, chosen] of beginners(clusters, all).entries()) {
      const cluster = clusters[at] ?? [];
      expect(chosen.length).to.be.at.most(1);
      const beginner = cluster.find(({ label }) => label === chosen[0]);
      if (!beginner) continue;
      for (const { blank, position } of cluster) {
        if (blank) continue;
        expect(beginner.blank).to.equal(false);
        expect(position?.[1] ?? Number.POSITIVE_INFINITY).to.be.at.most(beginner.position?.[1] ?? -2);
      }
    }
  });
});
