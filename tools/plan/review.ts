import { checkPolicies, type Finding } from "../../policy/check";
import { describeStack } from "../../policy/stack";
import { type CostDifference, costDifference } from "../cost/difference";
import { type Cost, priceOf } from "../cost/price";
import { draw } from "../diagram/draw";
import { mermaid } from "../diagram/mermaid";
import type { ProgramResult } from "../engine/program";
import type { Props } from "../engine/props";
import { type Registration, shown } from "../engine/registration";
import type { StackConfig } from "../engine/stackfile";
import { asPolicyResource } from "../shared/policy";
import { type Change, changesOf } from "./changes";
import type { Operation } from "./compare";
import type { Foreseen } from "./foresee";
import { type Risk, riskOf } from "./risk";
import { asUnknown } from "./stand-ins";

/** All that a reviewer wants to know of a stack. */
export interface Review {
  readonly stack: string;
  /** What stands out, such as that the stack is new. */
  readonly notes: readonly string[];
  /** Whether the program fails with the stack's settings: then its faults are a note, and all else is empty. */
  readonly failed: boolean;
  readonly operations: Readonly<Record<Operation, number>>;
  readonly changes: readonly Change[];
  readonly risk: Risk;
  readonly cost: CostDifference;
  readonly budgetUsd: number | null;
  /** Broken rules, and those of them that the version before does not break. */
  readonly policies: { readonly broken: readonly Finding[]; readonly newlyBroken: readonly Finding[] };
  /** The picture, in Mermaid's words; empty where nothing is left. */
  readonly picture: string;
  /** What the stack is made of, with marks for what is not known yet. */
  readonly resources: readonly Registration[];
  readonly outputs: Props;
}

/** What is to be said of a stack; a side that is absent has nothing of it. */
export async function reviewOf(
  stack: string,
  foreseen: Foreseen,
  configs: { readonly before?: StackConfig | undefined; readonly after?: StackConfig | undefined },
  notes: readonly string[],
): Promise<Review> {
  const { steps, refusals } = foreseen;
  const before = resourcesOf(foreseen.before);
  const after = resourcesOf(foreseen.after);
  const broken = findings(after, configs.after);
  const was = new Set(findings(before, configs.before).map(identity));
  return {
    stack,
    notes,
    failed: false,
    operations: countsOf(steps.map(({ operation }) => operation)),
    changes: changesOf(foreseen),
    risk: riskOf(steps, refusals),
    cost: costDifference(costOf(before), costOf(after)),
    budgetUsd: (configs.after && describeStack(configs.after).budgetUsd) ?? null,
    policies: { broken, newlyBroken: broken.filter((finding) => !was.has(identity(finding))) },
    picture: after.length > 0 ? await mermaid(draw(`Stack ${stack}`, after)) : "",
    resources: after,
    outputs: shown(asUnknown(foreseen.after?.outputs ?? {})) as Props,
  };
}

const resourcesOf = (result: ProgramResult | undefined): Registration[] =>
  (result?.resources ?? []).map((one) => ({ ...one, inputs: asUnknown(one.inputs) as Props }));

const costOf = (resources: readonly Registration[]): Cost => priceOf(resources.map(asPolicyResource));

const findings = (resources: readonly Registration[], config: StackConfig | undefined): Finding[] =>
  config === undefined || resources.length === 0
    ? []
    : checkPolicies(resources.map(asPolicyResource), describeStack(config));

/** A rule that is broken at the same place for a further reason is as broken as before. */
const identity = ({ rule, name }: Finding): string => `${rule} ${name}`;

function countsOf(operations: readonly Operation[]): Record<Operation, number> {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  for (const operation of operations) counts[operation]++;
  return counts;
}
