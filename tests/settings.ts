import { describeStack, type Stack } from "../components";
import { validate } from "../config/validate";
import type { Props } from "../tools/engine/props";

/** A stack with these settings, as the program would describe it. Throws where they are not sound. */
export function stackOf(settings: Props = {}, stack = "test"): Stack {
  const project = "web-infra";
  const checked = validate(settings, { project, stack });
  if ("faults" in checked) throw new Error(JSON.stringify(checked.faults));
  return describeStack(checked.settings, project, stack);
}
