import { type MochaOptions, Runner, reporters } from "mocha";

/** Mocha's own report, closed with one line that people and machines read alike. */
class Reporter extends reporters.Spec {
  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      // After the list of failures, which is written at the same event.
      setImmediate(() => console.log(`${passes} passed, ${failures} failed, ${pending} skipped`));
    });
  }
}

export = Reporter;
