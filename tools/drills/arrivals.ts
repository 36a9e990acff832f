const tickMs = 5;

export interface ArrivalsOptions {
  /** How many are to have been sent by now. */
  due(): number;
  /** Sends one. It never rejects. */
  send(number: number): Promise<void>;
  /** As long as so many are open no more are sent. */
  readonly mostOpen: number;
  /** Told when one is due and too many are open. */
  full?(): void;
  /** Ends it all. */
  readonly signal?: AbortSignal;
}

/** Sends requests when they are due, whatever became of the ones before. */
export class Arrivals {
  sent = 0;
  private readonly open = new Set<Promise<void>>();
  private readonly timer = setInterval(() => this.tick(), tickMs);

  /** Begins at once. */
  constructor(private readonly options: ArrivalsOptions) {
    options.signal?.addEventListener("abort", () => clearInterval(this.timer), { once: true });
  }

  /** Sends no more, and resolves when the last request has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.open);
  }

  private tick(): void {
    const due = this.options.due();
    while (this.sent < due) {
      if (this.open.size >= this.options.mostOpen) {
        this.options.full?.();
        return;
      }
      const one = this.options.send(this.sent++).finally(() => this.open.delete(one));
      this.open.add(one);
    }
  }
}
