import { type Cost, type Item, unpriced } from "./price";

/** A stack's cost as a table for people. */
export function costText(
  { stack, budgetUsd }: { readonly stack: string; readonly budgetUsd?: number | undefined },
  { items, monthly, hourly, unknown }: Cost,
  source: string,
): string {
  const table = [
    ["Resource", "What", "Monthly", "Hourly", "Certainty"],
    ...items.map(row),
    ["Total", "", amount(monthly, 2), amount(hourly, 5), ""],
  ];
  const caveat = `${unknown} of ${items.length} prices are unknown, in whole or in part: it costs the total or more.`;
  return [
    `Stack ${stack}, in US dollars; ${source}.`,
    "",
    ...aligned(table),
    "",
    ...(unknown > 0 ? [caveat] : []),
    budgetUsd === undefined
      ? "No budget is set (cost.budgetUsd)."
      : budgetLine(monthly, budgetUsd, unpriced(items).length > 0),
  ].join("\n");
}

const row = ({ name, what, monthly, hourly, certainty, unknown }: Item): string[] => [
  name,
  what,
  amount(monthly, 2),
  amount(hourly, 5),
  certainty !== "unknown" && unknown.length > 0 ? `${certainty}, without ${unknown.join(", ")}` : certainty,
];

const amount = (value: number | null, digits: number): string => value?.toFixed(digits) ?? "unknown";

function budgetLine(monthly: number, budgetUsd: number, isPartial: boolean): string {
  const share = `${Math.round((100 * monthly) / budgetUsd)} % of the budget of ${budgetUsd.toFixed(2)}`;
  if (monthly > budgetUsd) return `Over budget: ${share}.`;
  return `Within budget${isPartial ? ", as far as the prices are known" : ""}: ${share}.`;
}

/** The columns side by side, amounts to the right. */
function aligned(rows: readonly string[][]): string[] {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number): string =>
    column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((cells) => cells.map(padded).join("  ").trimEnd());
}
