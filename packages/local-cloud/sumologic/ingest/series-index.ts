import type { Series } from "./records";

/** A time series as it is stored: its points name it by `id`. */
export interface SeriesRow {
  readonly id: number;
  /** A JSON object of texts, its names in order. */
  readonly dimensions: string;
}

/** The known time series, told apart by their dimensions. */
export class SeriesIndex {
  private readonly ids = new Map<string, number>();

  /** The id of the series with these dimensions. @param added is given a series that was not known. */
  idOf(dimensions: Series["dimensions"], added: (row: SeriesRow) => void): number {
    const key = JSON.stringify(Object.fromEntries(Object.entries(dimensions).sort(byName)));
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.ids.size + 1;
    this.ids.set(key, id);
    added({ id, dimensions: key });
    return id;
  }

  load({ id, dimensions }: SeriesRow): void {
    this.ids.set(dimensions, id);
  }

  /** The series whose dimensions match, by id, still without points. */
  matching(match: (dimensions: Series["dimensions"]) => boolean) {
    const found = new Map<
      number,
      { readonly dimensions: Series["dimensions"]; readonly points: { time: number; value: number }[] }
    >();
    for (const [key, id] of this.ids) {
      const dimensions: Series["dimensions"] = JSON.parse(key);
      if (match(dimensions)) found.set(id, { dimensions, points: [] });
    }
    return found;
  }
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1;
}
