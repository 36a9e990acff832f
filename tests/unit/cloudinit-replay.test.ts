import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

type Gtid = readonly [domain: number, server: number, number: number];

interface Log {
  readonly begun: number;
  /** What it goes on from: the last change of each server. */
  readonly after: readonly Gtid[];
  readonly changes: readonly (readonly [time: number, ...gtid: Gtid])[];
}

const ask = <T>(question: object): T => answered<[T]>("cloudinit-replay.py", [question])[0];

const way = (start: Gtid, until: number | null, logs: readonly Log[]) =>
  ask<{ files: number; last: Gtid; isCertain: boolean } | null>({ start, until, logs });

const change = (time: number, number: number, server = 1) => [time, 1, server, number] as const;
const first: Log = { begun: 100, after: [[1, 1, 10]], changes: [change(101, 11), change(102, 12)] };
const second: Log = { begun: 110, after: [[1, 1, 12]], changes: [change(111, 13), change(115, 14)] };
const third: Log = { begun: 120, after: [[1, 1, 14]], changes: [change(121, 15)] };

describe("how binary logs go on from a backup", () => {
  before(function () {
    needs(this, "python3");
  });

  it("is from the backup's last change to the last one before the moment", () => {
    expect(way([1, 1, 11], 115, [first, second, third])).to.deep.equal({
      files: 2,
      last: [1, 1, 13],
      isCertain: true,
    });
  });
  it("is to the end where no moment is asked for", () => {
    expect(way([1, 1, 12], null, [first, second, third])?.last).to.deep.equal([1, 1, 15]);
  });
  it("is from a log that begins just after the backup", () => {
    expect(
      way([1, 1, 12], 130, [second, third, { begun: 131, after: [[1, 1, 15]], changes: [] }]),
    ).to.deep.equal({
      files: 3,
      last: [1, 1, 15],
      isCertain: false,
    });
  });
  it("is not certain to reach a moment that no log was begun after", () => {
    expect(way([1, 1, 12], 130, [second, third])).to.equal(null);
  });
  it("is not where the logs begin later", () => {
    expect(way([1, 1, 12], null, [third])).to.equal(null);
  });
  it("is not where the backup has a change that others never had", () => {
    const others = {
      ...second,
      after: [[1, 1, 12] as const],
      changes: [change(111, 13, 2), change(112, 14, 2)],
    };
    expect(way([1, 1, 13], null, [first, others])).to.equal(null);
    const after = {
      begun: 120,
      after: [[1, 1, 13] as const, [1, 2, 20] as const],
      changes: [change(121, 21, 2)],
    };
    expect(way([1, 1, 13], null, [after])).to.equal(null);
  });
  it("has what a server that lagged behind applied after the moment", () => {
    const late = {
      begun: 116,
      after: [[1, 1, 12] as const],
      changes: [change(111, 13), change(114, 14), change(117, 15)],
    };
    expect(way([1, 1, 12], 115, [first, late])).to.deep.equal({
      files: 2,
      last: [1, 1, 14],
      isCertain: true,
    });
  });
  it("leaves out what a server changed for itself", () => {
    const own = { ...second, changes: [...second.changes, [116, 0, 1, 99] as const] };
    expect(way([1, 1, 12], null, [own])?.last).to.deep.equal([1, 1, 14]);
  });
});

describe("whose binary logs are carried out", () => {
  before(function () {
    needs(this, "python3");
  });

  const whole = [first, second, third].map((log) => ({ ...log, broken: false }));
  const broken = whole.map((log, at) => ({ ...log, broken: at === 1 }));
  const best = (chains: object, until: number | null = null) =>
    ask<object>({ chains, until, start: [1, 1, 11], began: 105, ended: 108 });

  it("are another server's where one's can't be read", () => {
    expect(best({ "a-1": broken, "b-2": whole })).to.deep.equal({ chain: "b-2", last: [1, 1, 15] });
  });
  it("are those up to the moment, whatever becomes of the later ones", () => {
    expect(best({ "a-1": broken }, 102)).to.deep.equal({ chain: "a-1", last: [1, 1, 11] });
  });
  it("are nobody's where none can be read: nothing says that there is nothing newer", () => {
    expect(best({ "a-1": broken, "b-2": broken }))
      .to.have.property("failed")
      .that.includes("a-1, b-2");
    const early = [{ ...first, broken: true }];
    expect(best({ "a-1": early }))
      .to.have.property("failed")
      .that.includes("a-1");
  });
});

const shipped = (last: (Log & { number: number }) | null, logs: readonly (Log & { number: number })[]) =>
  ask<{ goesOn: boolean; logs: number[] }>({ last, logs });

describe("which binary logs are shipped", () => {
  before(function () {
    needs(this, "python3");
  });

  const [one, two, three] = [first, second, third].map((log, index) => ({ ...log, number: index + 1 })) as [
    Log & { number: number },
    Log & { number: number },
    Log & { number: number },
  ];

  it("is those after the last one that was, in its chain", () => {
    expect(shipped(two, [one, two, three])).to.deep.equal({ goesOn: true, logs: [3] });
  });
  it("is all of them in a new chain, at first and where the last one is no more", () => {
    expect(shipped(null, [one, two])).to.deep.equal({ goesOn: false, logs: [1, 2] });
    expect(shipped(one, [two, three])).to.deep.equal({ goesOn: false, logs: [2, 3] });
  });
  it("is all of them where another server's log has taken the place of the last one", () => {
    const others = { ...two, begun: 109 };
    expect(shipped(two, [others, three])).to.deep.equal({ goesOn: false, logs: [2, 3] });
  });
});
