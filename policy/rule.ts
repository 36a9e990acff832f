import type { Resource, Resources } from "./resource";
import type { Stack } from "./stack";

/** Where a rule is broken, in words that follow the resource's name. */
export interface Breach {
  readonly message: string;
  /** The resource at fault; without it, the stack is. */
  readonly resource?: Resource;
}

/** One rule: pure, over what is registered. What a preview can't know is never a breach. */
export interface Rule {
  /** Lower-case words with `-`, unique. */
  readonly name: string;
  /** What has to hold, in one sentence. */
  readonly holds: string;
  /** Why. */
  readonly reason: string;
  /** How to mend a breach. */
  readonly fix: string;
  /** When a stack may do without; for rules that a shipped stack breaks. */
  readonly unless?: string;
  /** Never more than advice, in production too; `unless` says why. */
  readonly adviceOnly?: true;
  check(resources: Resources, stack: Stack): Breach[];
}

/** A check of each resource of some kinds by itself: words for what is wrong with it, or nothing. */
export function each(
  kinds: string | readonly string[],
  wrong: (resource: Resource, resources: Resources, stack: Stack) => string | false | undefined,
): Rule["check"] {
  return (resources, stack) =>
    resources.of(...[kinds].flat()).flatMap((resource) => {
      const message = wrong(resource, resources, stack);
      return message ? [{ message, resource }] : [];
    });
}
