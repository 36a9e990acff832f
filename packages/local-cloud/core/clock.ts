/**
 * The clouds' own time: runs with the machine's clock and can be put forward, so that what takes ten
 * minutes there takes none in a test.
 */
export class Clock {
  private timers: Timer[] = [];
  private wake: NodeJS.Timeout | undefined;

  /** @param ahead by how many milliseconds it was put forward before. */
  constructor(private ahead = 0) {}

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** The time `ms` milliseconds from now (default 0) as the APIs write it, to the second. */
  stamp(ms = 0): string {
    return new Date(this.now() + ms).toISOString().replace(/\.\d+Z$/, "Z");
  }

  /** Calls `run` at `due` (milliseconds since the epoch), at once where that is past; returns what calls it off. */
  at(due: number, run: () => void): () => void {
    const timer = { due, run };
    this.timers.push(timer);
    this.timers.sort((a, b) => a.due - b.due);
    this.arm();
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
      this.arm();
    };
  }

  /** Resolves after `ms` milliseconds of this clock. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now() + ms, resolve));
  }

  /** Puts the clock forward by `ms` milliseconds, running what falls due on the way; answers how far ahead it is. */
  advance(ms: number): number {
    this.ahead += ms;
    this.runDue();
    return this.ahead;
  }

  /** Forgets every timer. */
  stop(): void {
    this.timers = [];
    clearTimeout(this.wake);
  }

  private arm(): void {
    clearTimeout(this.wake);
    const next = this.timers[0];
    if (!next || next.due === Number.POSITIVE_INFINITY) return;
    this.wake = setTimeout(() => this.runDue(), Math.min(Math.max(next.due - this.now(), 0), longestTimeout));
    this.wake.unref();
  }

  private runDue(): void {
    const now = this.now();
    const due = this.timers.filter((timer) => timer.due <= now);
    this.timers = this.timers.filter((timer) => timer.due > now);
    for (const timer of due) timer.run();
    this.arm();
  }
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Node's timers hold at most a signed 32-bit number of milliseconds. */
const longestTimeout = 2 ** 31 - 1;
