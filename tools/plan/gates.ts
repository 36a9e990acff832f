import { InvalidArgumentError } from "commander";
import { unpriced } from "../cost/price";
import type { Review } from "./review";

/** What a plan may be stopped by. */
export const gates = ["replace-data", "policy", "cost"] as const;
export type Gate = (typeof gates)[number];

/** The gate of this name. @throws where there is none */
export function gateOf(name: string): Gate {
  const found = gates.find((gate) => gate === name);
  if (found === undefined) throw new InvalidArgumentError(`Choose from ${gates.join(", ")}.`);
  return found;
}

/** Why the gates stop a plan, in sentences; none where they let it pass. */
export function reached(reviews: readonly Review[], wanted: readonly Gate[], compared: boolean): string[] {
  return [...new Set(wanted)].flatMap((gate) =>
    reviews.flatMap((review) =>
      checks[gate](review, compared).map((reason) => `${review.stack}: ${gate}: ${reason}`),
    ),
  );
}

const checks: Readonly<Record<Gate, (review: Review, compared: boolean) => string[]>> = {
  "replace-data": ({ risk }) =>
    risk.data.map(({ name, operation }) => `${name} holds data and is ${operation}d.`),
  // In development rules are advice; what a change breaks anew is stopped there too.
  policy: ({ policies }, compared) =>
    policies.broken
      .filter(
        (finding) => finding.level === "mandatory" || (compared && policies.newlyBroken.includes(finding)),
      )
      .map(({ rule, name, message }) => `${rule}: ${name ?? "the stack"} ${message}.`),
  cost: ({ cost, budgetUsd }, compared) => {
    const { monthly, items } = cost.after;
    // Without a budget only what is new or costs another amount is held against before.
    const changed = compared ? cost.changes.flatMap(({ after }) => after ?? []) : [];
    return [
      ...(budgetUsd !== null && monthly > budgetUsd
        ? [`${monthly.toFixed(2)} USD a month are more than the budget of ${budgetUsd}.`]
        : []),
      ...unpriced(budgetUsd === null ? changed : items).map(
        ({ name, unknown }) => `The price of ${name} is unknown (${unknown.join(", ")}), and in no sum.`,
      ),
      ...(compared && cost.monthly > 0 ? [`${cost.monthly.toFixed(2)} USD a month more than before.`] : []),
    ];
  },
};
