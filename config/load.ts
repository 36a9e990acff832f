import * as pulumi from "@pulumi/pulumi";
import { type Fault, faultsMessage } from "./faults";
import type { Settings } from "./schema";
import { validate } from "./validate";

/** What ends a program with all faults in one message: no stack trace. */
const failure = (faults: readonly Fault[]) => new pulumi.RunError(faultsMessage(faults, pulumi.getStack()));

/** Ends the program if there are faults. Call it before any resource is registered. */
export function raise(faults: readonly Fault[]): void {
  if (faults.length > 0) throw failure(faults);
}

/** The settings of the current stack, complete and checked. Call it before any resource is registered. */
export function loadSettings(): Settings {
  const project = pulumi.getProject();
  const prefix = `${project}:`;
  const raw = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  const checked = validate(raw, { project, stack: pulumi.getStack() });
  if ("faults" in checked) throw failure(checked.faults);
  return checked.settings;
}
