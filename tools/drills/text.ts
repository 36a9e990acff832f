import type { Tally } from "./summary";
import { faultsText, type Verdict } from "./verdict";

/** The verdict as a table for people. */
export function verdictText({ promise, phases, all, lost, doubled, broken }: Verdict): string {
  const rows = [heading, ...[...phases, all].map(row)];
  const widths = heading.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) =>
        isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [
    promise,
    "",
    ...table,
    "",
    `Acknowledged writes lost: ${lost}. Writes applied more than once: ${doubled}.`,
    broken.length === 0
      ? "The promise was kept."
      : ["The promise was BROKEN:", ...broken.map((one) => `  ${one}`)].join("\n"),
  ].join("\n");
}

const heading = ["phase", "sent", "answered", "failed", "longest wait", "faults"];
const isText = (column: number): boolean => column === 0 || column === heading.length - 1;

const row = ({ phase, sent, answered, failed, longestSeconds, faults }: Tally): string[] => [
  phase,
  `${sent}`,
  `${answered}`,
  `${failed}`,
  `${longestSeconds.toFixed(2)} s`,
  faultsText(faults),
];
