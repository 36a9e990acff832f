import type { Drill, Phase } from "./drill";
import type { Load } from "./load";
import { summarize, type Tally, total } from "./summary";

/** What came out of a drill. */
export interface Verdict {
  readonly drill: string;
  readonly promise: string;
  readonly phases: readonly Tally[];
  readonly all: Tally;
  /** Writes that were acknowledged and are not there. */
  readonly lost: number;
  /** Writes that were applied more than once. */
  readonly doubled: number;
  /** What broke the promise, in words; empty where it was kept. */
  readonly broken: readonly string[];
}

/** Looks at the requests, and at what is stored in the end. */
export async function judge(
  { name, promise }: Drill,
  load: Load,
  phases: readonly Phase[],
  fault: string | undefined,
): Promise<Verdict> {
  const tallies = summarize(phases, load.outcomes);
  const stored = await load.stored();
  const lost = load.expected.filter((key) => !stored.has(key)).length;
  const late = load.forbidden.filter((key) => stored.has(key)).length;
  const doubled = [...stored.values()].filter((applied) => applied > 1).length;
  const broken = [
    ...(fault === undefined ? [] : [fault]),
    ...tallies.filter(({ unexcused }) => unexcused > 0).map(unexcusedText),
    ...(lost > 0 ? [`${lost} acknowledged writes are lost.`] : []),
    ...(late > 0 ? [`${late} writes are there that were begun after the moment that was restored.`] : []),
    ...(doubled > 0 ? [`${doubled} writes were applied more than once.`] : []),
  ];
  return { drill: name, promise, phases: tallies, all: total(tallies), lost, doubled, broken };
}

const unexcusedText = ({ phase, unexcused, faults }: Tally): string =>
  `${unexcused} requests failed that should not have (${phase}: ${faultsText(faults)}).`;

/** `no answer ×3, write: 503 ×1` */
export const faultsText = (faults: Tally["faults"]): string =>
  Object.entries(faults)
    .map(([fault, count]) => `${fault} ×${count}`)
    .join(", ");
