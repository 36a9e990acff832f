import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

/** What a server says of itself; null: it does not answer. */
interface State {
  readonly label: string;
  readonly blank: boolean;
  readonly term: readonly [number: number, writer: string];
  readonly stopped: boolean;
  readonly stuck: boolean;
  readonly position: number;
}

const term = [2, "server-2"] as const;
const server = (number: number, changes: Partial<State> = {}): State => ({
  label: `server-${number}`,
  blank: false,
  term,
  stopped: true,
  stuck: false,
  position: 100,
  ...changes,
});

/** What keeps server-2 from taking writes in its new term. */
function wants(own: State, others: readonly (State | null)[], acceptLoss = false) {
  const asked = [{ own, others, acceptLoss }];
  return answered<[{ reason: string | null; further: string | null }]>("cloudinit-terms.py", asked)[0];
}

const nothing = { reason: null, further: null };
const former = [1, "server-1"] as const;

describe("when a new writer takes writes", () => {
  before(function () {
    needs(this, "python3");
  });

  it("is once all others have given up the former one", () => {
    expect(wants(server(2), [server(1), server(3)])).to.deep.equal(nothing);
  });
  it("may be while one of them is away, most likely the former writer", () => {
    expect(wants(server(2), [null, server(3)])).to.deep.equal(nothing);
    expect(wants(server(2), [null])).to.deep.equal(nothing);
  });
  it("is not while two are away or keep to the former one: together they may acknowledge", () => {
    expect(wants(server(2), [null, null]).reason).to.match(/^2 of 2 peers/);
    expect(wants(server(2), [null, server(3, { term: former })]).reason).to.match(/^2 of 2 peers/);
    expect(wants(server(2), [null, null, server(4), server(5)]).reason).to.match(/^2 of 4 peers/);
  });
  it("is then only where the loss is accepted", () => {
    expect(wants(server(2), [null, null], true)).to.deep.equal(nothing);
  });
  it("is not before what was received is applied", () => {
    expect(wants(server(2), [null, server(3, { stopped: false })]).reason).to.match(
      /^server-3 still applies/,
    );
    expect(wants(server(2, { stopped: false }), [null, server(3)]).reason).to.match(
      /^server-2 still applies/,
    );
  });
  it("is not while one can't apply what it has received, unless the loss is accepted", () => {
    const stuck = { stopped: false, stuck: true };
    expect(wants(server(2), [null, server(3, stuck)]).reason).to.match(/^server-3 does not apply/);
    expect(wants(server(2, stuck), [null, server(3)]).reason).to.match(/^server-2 does not apply/);
    expect(wants(server(2), [null, server(3, stuck)], true)).to.deep.equal(nothing);
    expect(wants(server(2, { stopped: false }), [null, server(3, stuck)], true).reason).to.match(
      /^server-2 still applies/,
    );
  });
  it("is not before it has what another has", () => {
    expect(wants(server(2), [null, server(3, { position: 101 })]).further).to.equal("server-3");
    expect(wants(server(2, { position: 102 }), [null, server(3, { position: 101 })])).to.deep.equal(nothing);
  });
  it("is never on a server without data", () => {
    expect(wants(server(2, { blank: true, position: 0 }), [server(1), server(3)], true).reason).to.match(
      /no data/,
    );
  });
});
