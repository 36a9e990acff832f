import { checkPolicies, type Finding } from "../../../policy/check";
import type { Resource } from "../../../policy/resource";
import { describeStack, type Stack } from "../../../policy/stack";
import type { Props } from "../../../tools/engine/props";
import { settingsByKey } from "../../../tools/engine/stackfile";
import { asPolicyResource } from "../../../tools/shared/policy";
import { freshly, type Mode, record } from "../../recorder";
import { stackSettings } from "../config-support";

export const shipped = ["prod", "staging", "dev", "sandbox"] as const;
export type Shipped = (typeof shipped)[number];

/** A stack with what its program registers. */
export interface Recorded {
  readonly resources: readonly Resource[];
  readonly stack: Stack;
}

const program = require.resolve("../../../index");
const recorded = new Map<string, Promise<Recorded>>();

/** A shipped stack as it is, recorded once. */
export function shippedStack(name: Shipped, mode: Mode): Promise<Recorded> {
  const key = `${name}/${mode}`;
  const found = recorded.get(key) ?? recordStack(name, mode);
  recorded.set(key, found);
  return found;
}

async function recordStack(name: Shipped, mode: Mode): Promise<Recorded> {
  const config = stackSettings(name) as Props;
  const { resources } = await record(() => freshly(program), { mode, stack: name, config });
  return { resources: resources.map(asPolicyResource), stack: factsOf(name) };
}

/** A time at which no certificate in the tests is old. */
export const now = new Date("2026-06-01T00:00:00Z");

/** The configuration of a shipped stack, as Pulumi hands it over. */
export const configOf = (name: Shipped): Record<string, string> =>
  settingsByKey(stackSettings(name) as Props);

/** The facts of a shipped stack, without exemptions. */
export const factsOf = (name: Shipped): Stack =>
  describeStack({ project: "web-infra", stack: name, values: configOf(name) }, [], now);

/** The findings of one rule. */
export const found = (rule: string, { resources, stack }: Recorded): Finding[] =>
  checkPolicies(resources, stack).filter((finding) => finding.rule === rule);
