import { expect } from "chai";
import { answered, needs } from "./cloudinit-support";

/** What the replica's MariaDB says of its replication; null: it is set up to follow nobody. */
type Status = Readonly<Record<string, string | number>> | null;

/** The answer of one of a replica's functions and the statements that change anything. */
function does(call: string, status: Status, given: unknown[] = [], position = "1-7-100") {
  const asked = [{ call, arguments: given, status, position }];
  return answered<[{ answer: unknown; done: string[] }]>("cloudinit-replication.py", asked)[0];
}

const source = "server-2.zone";
const running = {
  Master_Host: source,
  Slave_IO_Running: "Yes",
  Slave_SQL_Running: "Yes",
  Gtid_IO_Pos: "1-7-100",
  Last_IO_Errno: 0,
  Last_IO_Error: "",
};
const silent = { ...running, Slave_IO_Running: "No" };

describe("a replica", () => {
  before(function () {
    needs(this, "python3");
  });

  it("goes on to apply what it has received when it receives no more", () => {
    expect(does("stop_receiving", running).done).to.deep.equal(["STOP SLAVE IO_THREAD"]);
    expect(does("stop_receiving", { ...running, Slave_SQL_Running: "No" }).done).to.deep.equal([
      "START SLAVE SQL_THREAD",
      "STOP SLAVE IO_THREAD",
    ]);
  });
  it("starts nothing once it neither receives nor applies: that would throw away what was received", () => {
    expect(does("stop_receiving", { ...silent, Slave_SQL_Running: "No" }).done).to.deep.equal([]);
    expect(does("stop_receiving", null).done).to.deep.equal([]);
  });
  it("has stopped once all that was received is applied", () => {
    expect(does("has_stopped", running).answer).to.equal(false);
    expect(does("has_stopped", silent).answer).to.equal(true);
    expect(does("has_stopped", silent, [], "1-7-99").answer).to.equal(false);
    expect(does("has_stopped", { ...silent, Slave_SQL_Running: "No", Gtid_IO_Pos: "" }).answer).to.equal(
      true,
    );
    expect(does("has_stopped", null).answer).to.equal(true);
  });
  it("is stuck where it does not apply what it has received", () => {
    const ended = { ...silent, Slave_SQL_Running: "No" };
    expect(does("is_stuck", ended, [], "1-7-99").answer).to.equal(true);
    expect(does("is_stuck", ended).answer).to.equal(false);
    expect(does("is_stuck", silent, [], "1-7-99").answer).to.equal(false);
    expect(does("is_stuck", null).answer).to.equal(false);
  });

  it("numbers the changes of its own term above those that a former writer kept to itself", () => {
    const first = 3 * 2 ** 40;
    const numbers = [`SET gtid_seq_no = ${first}`, "FLUSH PRIVILEGES"];
    expect(does("begin", null, [3], "1-7-105").done).to.deep.equal(numbers);
    expect(does("begin", null, [3], `1-7-${2 * 2 ** 40 + 105}`).done).to.deep.equal(numbers);
    expect(does("begin", null, [3], `1-7-${first}`).done).to.deep.equal([]);
  });

  describe("that its source says has other data", () => {
    const refused = (reason: string, changes: Status = {}) => ({
      ...silent,
      Last_IO_Errno: 1236,
      Last_IO_Error: `Got fatal error 1236 from master when reading data from binary log: '${reason}'`,
      ...changes,
    });
    const diverged =
      "Error: connecting slave requested to start from GTID 1-7-105, which is not in the master's binlog";
    const purged =
      "Could not find GTID state requested by slave in any binlog files. Probably the slave state is too old and " +
      "required binlog files have been purged.";
    const discards = (status: Status, may = true) =>
      does("replicate", status, [source, may]).done.includes("RESET MASTER");

    it("begins anew where it may", () => {
      expect(discards(refused(diverged))).to.equal(true);
      expect(discards(refused(purged))).to.equal(true);
      expect(discards(running)).to.equal(false);
    });
    it("changes nothing where it may not", () => {
      expect(does("replicate", refused(diverged), [source, false]).done).to.deep.equal([]);
    });
    it("goes on where the source can't read its own log", () => {
      const unread = "log event entry exceeded max_allowed_packet; Increase max_allowed_packet on master";
      expect(does("replicate", refused(unread), [source, true]).done).to.deep.equal(["START SLAVE"]);
    });
    it("goes on where it was another source that said so", () => {
      expect(discards(refused(diverged, { Master_Host: "server-3.zone" }))).to.equal(false);
    });
  });
});
