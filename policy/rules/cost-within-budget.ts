import { priceOf, unpriced } from "../../tools/cost/price";
import type { Rule } from "../rule";

export const costWithinBudget: Rule = {
  name: "cost-within-budget",
  holds: "What the stack costs a month is within its budget.",
  reason: "A count in a config file is easily raised, and noticed on the bill a month later.",
  fix: "Make the stack smaller, or raise cost.budgetUsd with the consent of whoever pays; choose what the price table has, or add to it. npm run cost lists the items.",
  check: ({ all }, { budgetUsd }) => {
    if (budgetUsd === undefined) return [];
    const { monthly, items } = priceOf(all);
    if (monthly > budgetUsd)
      return [{ message: `costs ${monthly.toFixed(2)} USD a month or more; its budget is ${budgetUsd}` }];
    return unpriced(items).map(({ urn, unknown }) => {
      const resource = all.find((one) => one.urn === urn);
      return {
        message: `has an unknown price (${unknown.join(", ")}): nobody can tell whether the budget of ${budgetUsd} holds`,
        ...(resource && { resource }),
      };
    });
  },
};
