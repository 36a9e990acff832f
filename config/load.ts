import * as pulumi from "@pulumi/pulumi";
import { type Fault, faultsMessage } from "./faults";
import type { Settings } from "./schema";
import { validate } from "./validate";

/** Ends the program with all faults in one message; no stack trace, no resource made. */
export function raise(faults: readonly Fault[]): never {
  throw new pulumi.RunError(faultsMessage(faults, pulumi.getStack()));
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
  if ("faults" in checked) raise(checked.faults);
  return checked.settings;
}
