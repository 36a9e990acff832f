import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Arrivals } from "../../tools/drills/arrivals";

describe("the drills' load", () => {
  it("has no more requests open than it may, and says so", async () => {
    const ends: (() => void)[] = [];
    let told = 0;
    const arrivals = new Arrivals({
      due: () => 10,
      send: () => new Promise((resolve) => ends.push(resolve)),
      mostOpen: 3,
      full: () => told++,
    });
    while (told === 0) await sleep(1);
    expect(arrivals.sent).to.equal(3);
    for (const end of ends) end();
    await arrivals.stop();
  });

  it("sends no more once it is to end", async () => {
    const controller = new AbortController();
    const arrivals = new Arrivals({
      due: () => Number.POSITIVE_INFINITY,
      send: () => sleep(1),
      mostOpen: 3,
      signal: controller.signal,
    });
    while (arrivals.sent === 0) await sleep(1);
    controller.abort();
    const { sent } = arrivals;
    await sleep(20);
    expect(arrivals.sent).to.equal(sent);
    await arrivals.stop();
  });
});
