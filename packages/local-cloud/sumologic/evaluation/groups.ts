import type { Series } from "../ingest/records";
import type { Row } from "../query/values";
import { textOf } from "../query/values";

/** What a query found for one group: the values that are compared with a threshold. */
export interface Observation {
  /** The group's fields; none where the monitor doesn't group. */
  readonly key: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  /** How many rows or series there were. */
  readonly count: number;
}

/** Observations by what tells their groups apart. */
export type Observations = ReadonlyMap<string, Observation>;

/** Groups in one evaluation; those beyond are passed over. */
const mostGroups = 1000;

/** The rows of a log query by group, with the values of `field`, or with how many there are: without groups perhaps 0. */
export function groupRows(
  rows: readonly Row[],
  fields: readonly string[],
  field: string | undefined,
): Observations {
  const groups = collect(rows, fields, (row, name) => textOf(row[name]));
  if (groups.length === 0 && fields.length === 0 && field === undefined)
    groups.push({ key: {}, members: [] });
  return observe(groups, (members) =>
    field === undefined ? [members.length] : members.map((row) => Number(row[field] ?? Number.NaN)),
  );
}

/** The series of a query of metrics by group, with the values of all their points. */
export function groupSeries(series: readonly Series[], fields: readonly string[]): Observations {
  const groups = collect(series, fields, ({ dimensions }, name) => dimensions[name] ?? "");
  return observe(groups, (members) => members.flatMap(({ points }) => points.map(({ value }) => value)));
}

/** What tells a group apart from the others of its monitor. */
export function groupName(key: Observation["key"]): string {
  return Object.entries(key)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

interface Group<T> {
  readonly key: Record<string, string>;
  readonly members: T[];
}

function collect<T>(
  all: readonly T[],
  fields: readonly string[],
  of: (each: T, name: string) => string,
): Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const each of all) {
    // A field that is not there makes no group.
    const entries = fields.map((name) => [name, of(each, name)] as const).filter(([, value]) => value !== "");
    const key = Object.fromEntries(entries);
    const group = groups.get(groupName(key)) ?? { key, members: [] };
    group.members.push(each);
    groups.set(groupName(key), group);
  }
  return [...groups.values()].slice(0, mostGroups);
}

function observe<T>(
  groups: readonly Group<T>[],
  values: (members: readonly T[]) => readonly number[],
): Observations {
  return new Map(
    groups.map(({ key, members }) => [
      groupName(key),
      { key, values: values(members).filter((value) => Number.isFinite(value)), count: members.length },
    ]),
  );
}
