import { Clock } from "./clock";
import { Faults } from "./faults";
import { Jobs } from "./jobs";
import type { LocalCloudOptions } from "./options";
import { Store } from "./store";

/** What both APIs of a local cloud share. */
export interface Core {
  readonly options: LocalCloudOptions;
  readonly clock: Clock;
  readonly store: Store;
  readonly jobs: Jobs;
  readonly faults: Faults;
  /** Puts the clock forward by `ms` milliseconds, for good. */
  advance(ms: number): void;
  close(): Promise<void>;
}

/**
 * Opens the store and starts the clock.
 * @param random from 0 up to 1, what faults with a share go by.
 */
export function createCore(options: LocalCloudOptions, random: () => number = Math.random): Core {
  const store = new Store(options.stateFile);
  const clocks = store.collection<{ readonly ahead: number }>("clock");
  const clock = new Clock(clocks.get("clock")?.ahead);
  return {
    options,
    clock,
    store,
    jobs: new Jobs(store, clock),
    faults: new Faults(options.faults ?? [], random),
    advance(ms) {
      clocks.put("clock", { ahead: clock.advance(ms) });
    },
    async close() {
      clock.stop();
      await store.close();
    },
  };
}
