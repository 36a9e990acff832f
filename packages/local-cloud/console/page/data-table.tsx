import type { Cells } from "../shapes";
import { dateAndTime, number } from "./format";
import { Scroll } from "./scroll";

interface Props {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
  /** Draws a bar behind the values of the last column. */
  readonly bars?: boolean;
}

/** Records as a table that scrolls by itself. */
export function DataTable({ label, columns, rows, bars = false }: Props) {
  const numeric = columns.map((_, index) => rows.some((row) => typeof row[index] === "number"));
  const last = columns.length - 1;
  const largest = Math.max(...rows.map((row) => Number(row[last])), 0);
  if (rows.length === 0) return <p class="hint">No data in this time.</p>;
  return (
    <Scroll label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name, index) => (
              <th key={name} scope="col" class={numeric[index] ? "number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join("\n")}>
              {row.map((cell, index) => (
                <td key={columns[index]} class={numeric[index] ? "number" : undefined}>
                  {shown(cell, columns[index])}
                  {bars && index === last && <Bar share={Number(cell) / largest} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Bar({ share }: { share: number }) {
  return <span class="bar" style={{ inlineSize: `${100 * Math.max(0, share || 0)}%` }} />;
}

function shown(cell: Cells[number], column = ""): string {
  if (typeof cell !== "number") return String(cell ?? "");
  return /^_(_?timeslice|.*time)/i.test(column) ? dateAndTime(cell) : number(cell);
}
