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
  close(): Promise<void>;
}

/**
 * Opens the store and starts the clock.
 * @param random from 0 up to 1, what faults with a share go by.
 */
export function createCore(options: LocalCloudOptions, random: () => number = Math.random): Core {
  const clock = new Clock();
  const store = new Store(options.stateFile);
  return {
    options,
    clock,
    store,
    jobs: new Jobs(store, clock),
    faults: new Faults(options.faults ?? [], random),
    async close() {
      clock.stop();
      await store.close();
    },
  };
}
