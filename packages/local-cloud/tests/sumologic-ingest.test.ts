import { expect } from "chai";
import { DataStore, type LogColumn } from "../sumologic/ingest/data-store";
import { messagesOf } from "../sumologic/ingest/plain";
import type { LogRecord } from "../sumologic/ingest/records";

const now = Date.parse("2026-03-01T12:00:00Z");
const record = (number: number): LogRecord => ({
  time: now + number,
  receipt: now,
  collector: "server",
  source: "nginx-access",
  name: "Http Input",
  host: "server-1",
  category: "web/prod/nginx/access",
  raw: `line ${number}`,
  fields: "{}",
});

describe("Sumo Logic: the store of what was taken in", () => {
  const columns: LogColumn[] = ["raw", "time"];
  const like: { column: LogColumn; pattern: string }[] = [];

  async function raws(data: DataStore, from = now, to = now + 1e6): Promise<string[]> {
    const found: string[] = [];
    for await (const rows of data.logs({ from, to, columns, like }))
      found.push(...rows.map(({ raw }) => raw));
    return found;
  }

  it("finds messages by time, the newest first, and by what they are like", async () => {
    const data = new DataStore();
    await data.addLogs([record(1), { ...record(2), category: "web/prod/app_1" }, record(3)]);
    expect(await raws(data)).to.deep.equal(["line 3", "line 2", "line 1"]);
    expect(await raws(data, now + 2, now + 3)).to.deep.equal(["line 2"]);
    like.push({ column: "category", pattern: "WEB/%/app\\_1" });
    expect(await raws(data)).to.deep.equal(["line 2"]);
    like.pop();
    await data.clear();
    expect(await raws(data)).to.deep.equal([]);
    await data.close();
  });

  it("ends what it is writing when it is closed, and refuses what comes later", async () => {
    const data = new DataStore();
    const early = data.addLogs([record(1)]);
    const closed = data.close();
    const refusal = data.addLogs([record(2)]).catch((error: unknown) => error);
    await Promise.all([early, closed]);
    expect(await refusal).to.include({ status: 503 });
  });

  it("forgets the oldest beyond its limit", async () => {
    const data = new DataStore(undefined, { messages: 100, points: 100 });
    for (let batch = 0; batch < 30; batch++)
      await data.addLogs(Array.from({ length: 10 }, (_, index) => record(batch * 10 + index)));
    const kept = await raws(data);
    expect(kept[0]).to.equal("line 299");
    expect(kept.length).to.be.within(100, 125);
    await data.close();
  });

  it("takes 50,000 messages in batches of 500 in less than a core's 5 seconds", async () => {
    const data = new DataStore();
    const before = process.cpuUsage();
    for (let batch = 0; batch < 100; batch++)
      await data.addLogs(Array.from({ length: 500 }, (_, index) => record(batch * 500 + index)));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).to.be.below(5);
    expect(await raws(data)).to.have.length(50_000);
    await data.close();
  });

  it("makes a message of each line and reads its time where it tells one that can be true", () => {
    const lines = messagesOf(
      '{"time":"2026-03-01T11:59:00+00:00"}\r\n\n2026-03-01 11:58:00,250 a\nno time\n1999-01-01T00:00:00Z old\n',
      false,
      now,
    );
    expect(lines.map(({ raw }) => raw)).to.have.length(4);
    expect(lines.map(({ time }) => time - now)).to.deep.equal([-60_000, -119_750, 0, 0]);
    expect(messagesOf("two\nlines", true, now)).to.deep.equal([{ raw: "two\nlines", time: now }]);
  });
});
