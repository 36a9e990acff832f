import { isExpired } from "./exemptions";
import { type Resource, Resources } from "./resource";
import type { Breach, Rule } from "./rule";
import { rules } from "./rules";
import type { Stack } from "./stack";

export type Level = "advisory" | "mandatory";

/** A broken rule. */
export interface Finding {
  readonly rule: string;
  readonly level: Level;
  /** The resource at fault; null where the stack as a whole is. */
  readonly urn: string | null;
  readonly name: string | null;
  readonly message: string;
  /** Why the rule is there, and how to keep it. */
  readonly reason: string;
  readonly fix: string;
}

/** How much a rule weighs: mandatory in production, advice elsewhere. */
export const levelOf = ({ adviceOnly }: Rule, { environment }: Stack): Level =>
  environment === "production" && !adviceOnly ? "mandatory" : "advisory";

/** Where a rule is broken and no exemption allows it. */
export function breachesOf(rule: Rule, resources: Resources, stack: Stack): Breach[] {
  const exemptions = stack.exemptions.filter(
    (exemption) => exemption.rule === rule.name && !isExpired(exemption, stack.now),
  );
  return rule
    .check(resources, stack)
    .filter(
      (breach) =>
        !exemptions.some(({ resource = breach.resource?.name }) => resource === breach.resource?.name),
    );
}

/** All rules that the resources of a stack break. */
export function checkPolicies(resources: readonly Resource[], stack: Stack): Finding[] {
  const all = new Resources(resources);
  return rules.flatMap((rule) =>
    breachesOf(rule, all, stack).map(({ message, resource }) => ({
      rule: rule.name,
      level: levelOf(rule, stack),
      urn: resource?.urn ?? null,
      name: resource?.name ?? null,
      message,
      reason: rule.reason,
      fix: rule.fix,
    })),
  );
}
