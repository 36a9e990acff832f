import { shown } from "../faults";
import type { Rule } from "../rule";

/**
 * The stack's name stands in the names of droplets, volumes and zones. It is refused rather than rewritten, so
 * that two stacks can't end up with one name; with pools of 20 letters and 3 digits a droplet's name stays within 63.
 */
const pattern = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;

const stackName: Rule = {
  compares: [],
  check: (_settings, { stack }) =>
    pattern.test(stack)
      ? []
      : [
          {
            path: "stack",
            value: shown(stack),
            limit: "lower-case letters, digits and -, a letter first, at most 32 characters",
            mend: "Rename it with pulumi stack rename, before its first up: the name stands in the names of its droplets.",
          },
        ],
};

export const stackRules = [stackName];
