import { Cloud } from "./cloud";
import { preview } from "./preview";
import { runHere } from "./program";
import { Provider } from "./provider";
import type { HostOptions } from "./run";

// The SDK takes a stack trace for every promise; mapped to the sources that takes most of a run's time.
process.setSourceMapsEnabled(false);

/** The process in which `run` has a program run: the SDK keeps its state in the process, so each run gets its own. */
process.once("message", async ({ pace, ...options }: HostOptions) => {
  process.once("disconnect", () => process.exit(1));
  const backing = pace ? new Cloud(new Provider(options.config.values, pace)) : preview;
  const result = await runHere(options, backing, (event) => process.send?.({ event }));
  // A run that stopped leaves promises behind; the SDK complains of those unless the process fails.
  process.send?.({ result }, () => process.exit(result.faults.length > 0 ? 1 : 0));
});
