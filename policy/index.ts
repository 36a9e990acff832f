import { PolicyPack, type PolicyResource } from "@pulumi/policy";
import { getProject, getStack, runtime } from "@pulumi/pulumi";
import { breachesOf, levelOf } from "./check";
import { fromEngine } from "./crossguard";
import { Resources } from "./resource";
import { rules } from "./rules";
import { describeStack } from "./stack";

/** The rules as CrossGuard runs them: `pulumi preview --policy-pack policy`, and the same with `up`. */
const stack = describeStack({ project: getProject(), stack: getStack(), values: runtime.allConfig() });

const asResources = (resources: readonly PolicyResource[]) => new Resources(resources.map(fromEngine));

new PolicyPack("web-infra", {
  policies: rules.map((rule) => ({
    name: rule.name,
    description: [rule.holds, rule.reason, rule.unless].filter(Boolean).join(" "),
    enforcementLevel: levelOf(rule, stack),
    remediationSteps: rule.fix,
    validateStack: ({ resources }, report) => {
      for (const { message, resource } of breachesOf(rule, asResources(resources), stack)) {
        report(`${resource?.name ?? "The stack"} ${message}. ${rule.fix}`, resource?.urn);
      }
    },
  })),
});
