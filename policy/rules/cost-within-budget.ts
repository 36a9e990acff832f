import { priceOf } from "../../tools/cost/price";
import type { Rule } from "../rule";

export const costWithinBudget: Rule = {
  name: "cost-within-budget",
  holds: "What the stack costs a month is within its budget.",
  reason: "A count in a config file is easily raised, and noticed on the bill a month later.",
  fix: "Make the stack smaller, or raise cost.budgetUsd with the consent of whoever pays. npm run cost lists the items.",
  check: ({ all }, { budgetUsd }) => {
    const { monthly } = priceOf(all);
    if (budgetUsd === undefined || monthly <= budgetUsd) return [];
    return [{ message: `costs ${monthly.toFixed(2)} USD a month or more; its budget is ${budgetUsd}` }];
  },
};
