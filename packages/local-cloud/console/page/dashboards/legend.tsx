import type { SeriesView } from "../../shapes";
import { number } from "../format";
import { Scroll } from "../scroll";
import { swatch } from "./palette";

/** The lines of a chart by name and colour, with their figures. */
export function Legend({ series, label }: { series: readonly SeriesView[]; label: string }) {
  return (
    <Scroll label={`${label}: figures`}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Line</span>
            </th>
            <th scope="col" class="number">
              last
            </th>
            <th scope="col" class="number">
              mean
            </th>
            <th scope="col" class="number">
              peak
            </th>
          </tr>
        </thead>
        <tbody>
          {series.map(({ name, values }, index) => {
            const known = values.filter((value) => value !== null);
            const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
            return (
              <tr key={name}>
                <th scope="row">
                  <span class={`swatch ${swatch(index)}`} aria-hidden="true" />
                  {name}
                </th>
                <td class="number">{figure(known.at(-1))}</td>
                <td class="number">{figure(mean)}</td>
                <td class="number">{figure(Math.max(...known))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

const figure = (value: number | undefined): string =>
  value === undefined || !Number.isFinite(value) ? "–" : number(value);
