import type { Clock } from "./clock";
import { ApiError } from "./errors";

/** At most `limit` calls in any `windowMs` milliseconds. */
export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

/** What is left of the longest window. `reset` is when its oldest call expires, in seconds since the epoch. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

const endless: Window = { limit: Number.POSITIVE_INFINITY, windowMs: 0 };

/** Sliding windows over the calls of one user. */
export class RateLimit {
  private calls: number[] = [];
  /** When those that were refused are to come back. */
  private promised: number[] = [];

  /** @param windows from the shortest to the longest. */
  constructor(
    private readonly clock: Clock,
    private readonly windows: readonly Window[],
  ) {}

  /**
   * Counts a call.
   * @throws ApiError 429 with `retry-after` where a window is full; the call then isn't counted. Each gets a turn
   *   of its own: if all came back at once, most would be refused until they give up.
   */
  take(): void {
    const now = this.clock.now();
    this.calls = this.calls.filter((at) => at > now - this.longest.windowMs);
    for (const { limit, windowMs } of this.windows) {
      const hinders = this.calls.at(-limit);
      if (this.calls.length < limit || hinders === undefined || hinders <= now - windowMs) continue;
      this.promised = this.promised.filter((at) => at > now);
      const before = this.calls.at(Math.min(this.promised.length - limit, -1)) ?? hinders;
      const turn = before + windowMs;
      this.promised.push(turn);
      const seconds = String(Math.ceil((turn - now) / 1000));
      throw new ApiError(429, "API Rate limit exceeded.", undefined, { "retry-after": seconds });
    }
    this.calls.push(now);
  }

  /** What is left after the last call. */
  quota(): Quota {
    const { limit, windowMs } = this.longest;
    const oldest = this.calls[0] ?? this.clock.now();
    return { limit, remaining: limit - this.calls.length, reset: Math.ceil((oldest + windowMs) / 1000) };
  }

  private get longest(): Window {
    return this.windows.at(-1) ?? endless;
  }
}
