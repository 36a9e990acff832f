import type { Findings } from "./monitoring/drill";
import type { Tally } from "./summary";
import { faultsText, type Verdict } from "./verdict";

/** The verdict as a table for people. */
export function verdictText({ promise, phases, all, lost, doubled, broken }: Verdict): string {
  return [
    promise,
    "",
    ...aligned([heading, ...[...phases, all].map(row)]),
    "",
    `Acknowledged writes lost: ${lost}. Writes applied more than once: ${doubled}.`,
    keptOrBroken(broken),
  ].join("\n");
}

/** What came out of a drill of the monitoring, for people. */
export function findingsText(promise: string, { table, broken }: Findings): string {
  return [promise, "", ...aligned(table), "", keptOrBroken(broken)].join("\n");
}

const keptOrBroken = (broken: readonly string[]): string =>
  broken.length === 0
    ? "The promise was kept."
    : ["The promise was BROKEN:", ...broken.map((one) => `  ${one}`)].join("\n");

/** Rows as lines; all columns are numbers but the first and the last. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 || column === columns - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

const heading = ["phase", "sent", "answered", "failed", "longest wait", "faults"];

const row = ({ phase, sent, answered, failed, longestSeconds, faults }: Tally): string[] => [
  phase,
  `${sent}`,
  `${answered}`,
  `${failed}`,
  `${longestSeconds.toFixed(2)} s`,
  faultsText(faults),
];
