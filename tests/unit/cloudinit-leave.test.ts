import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

describe("a writer that is shut down", () => {
  let said: { handsOver: unknown; whileWriting: unknown; withoutMariadb: unknown; withMariadb: unknown };

  before(function () {
    needs(this, "python3");
    said = answered("cloudinit-leave.py");
  });

  it("takes no more writes before it names its successor, while the replicas still acknowledge", () => {
    expect(said.handsOver).to.deep.equal({
      closed: [[1, "server-1"]],
      afterwards: [2, "server-2"],
      gone: false,
    });
  });

  it("remains the writer while a statement goes on to write, which is not cut off", () => {
    expect(said.whileWriting).to.deep.equal({ term: [1, "server-1"] });
  });

  it("goes in the end where MariaDB does not run, so that the others need not wait for it", () => {
    expect(said.withoutMariadb).to.equal(10);
  });

  it("stays where MariaDB runs and no peer serves, though it does not serve either", () => {
    expect(said.withMariadb).to.equal(null);
  });
});
