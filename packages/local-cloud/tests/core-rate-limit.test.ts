import { expect } from "chai";
import { Clock } from "../core/clock";
import { ApiError } from "../core/errors";
import { RateLimit } from "../core/rate-limit";

/** A clock that stands still unless it is put forward. */
class StandingClock extends Clock {
  private time = 0;
  override now(): number {
    return this.time;
  }
  override advance(ms: number): number {
    this.time += ms;
    return this.time;
  }
}

function told(limit: RateLimit): string {
  try {
    limit.take();
    return "taken";
  } catch (error) {
    return error instanceof ApiError ? String(error.headers["retry-after"]) : String(error);
  }
}

describe("a rate limit", () => {
  it("tells each call that it refuses a turn of its own", () => {
    const clock = new StandingClock();
    const limit = new RateLimit(clock, [{ limit: 3, windowMs: 60_000 }]);
    const calls = [];
    for (let call = 0; call < 3; call++) {
      calls.push(told(limit));
      clock.advance(10_000);
    }
    for (let call = 0; call < 4; call++) calls.push(told(limit));
    expect(calls).to.deep.equal(["taken", "taken", "taken", "30", "40", "50", "50"]);
    clock.advance(30_000);
    // The slots that fall free before are promised to others.
    expect([told(limit), told(limit)]).to.deep.equal(["taken", "60"]);
  });
});
