import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Clock } from "./clock";
import type { Collection, Store } from "./store";

/**
 * Work that ends later: kept in the store, so that it goes on after a restart. A kind of work is what it
 * is called and what is done when its time has come.
 */
export class Jobs {
  private readonly jobs: Collection<Job>;
  private readonly kinds = new Map<string, (target: string) => unknown>();
  private readonly stretched = new AsyncLocalStorage<number>();

  constructor(
    store: Store,
    private readonly clock: Clock,
  ) {
    this.jobs = store.collection<Job>("jobs");
  }

  /**
   * Says what ends work of this kind, which may be repeated after a crash; what was left over from the last
   * run is taken up.
   */
  define(kind: string, end: (target: string) => unknown): void {
    this.kinds.set(kind, end);
    for (const id of this.jobs.ids()) {
      const job = this.jobs.get(id);
      if (job?.kind === kind) this.schedule(id, job);
    }
  }

  /**
   * Starts work on `target` that ends in `ms` milliseconds of the clock; in none, it ends in the same turn.
   * A fault of the call under way may make it longer or endless.
   */
  start(kind: string, target: string, ms: number): void {
    const length = this.stretched.getStore() ?? ms;
    const due = length === Number.POSITIVE_INFINITY ? null : this.clock.now() + length;
    const id = randomUUID();
    const job = this.jobs.put(id, { kind, target, due });
    if (length > 0) this.schedule(id, job);
    else this.end(id, job);
  }

  /** Runs `call` so that all work it starts takes `ms` milliseconds. */
  stretch(ms: number, call: () => void): void {
    this.stretched.run(ms, call);
  }

  private schedule(id: string, job: Job): void {
    if (job.due === null) return;
    this.clock.at(job.due, () => this.end(id, job));
  }

  /** The job is forgotten only when its end is through, so that a restart in between repeats it. */
  private end(id: string, job: Job): void {
    if (!this.jobs.get(id)) return;
    const done = this.kinds.get(job.kind)?.(job.target);
    if (done instanceof Promise) void done.finally(() => this.jobs.delete(id));
    else this.jobs.delete(id);
  }
}

interface Job {
  readonly kind: string;
  readonly target: string;
  /** When it ends, in milliseconds of the clock; null for never. */
  readonly due: number | null;
}
