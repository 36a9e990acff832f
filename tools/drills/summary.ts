import type { Phase } from "./drill";
import type { Outcome } from "./visitors";

/** What became of the requests of a phase. */
export interface Tally {
  readonly phase: string;
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** The longest that anybody waited, for an answer or in vain, in seconds. */
  readonly longestSeconds: number;
  /** Failed requests that the promise has no room for. */
  readonly unexcused: number;
  /** How often each fault was met. */
  readonly faults: Readonly<Record<string, number>>;
}

/** The phases in their order, each with its requests. */
export function summarize(phases: readonly Phase[], outcomes: readonly Outcome[]): Tally[] {
  const byPhase = new Map<Phase | undefined, Outcome[]>(phases.map((phase) => [phase, []]));
  for (const outcome of outcomes) byPhase.get(phaseOf(phases, outcome))?.push(outcome);
  return phases.map((phase) => tally(phase, byPhase.get(phase) ?? []));
}

export function total(tallies: readonly Tally[]): Tally {
  const sum = (key: "sent" | "answered" | "failed" | "unexcused") =>
    tallies.reduce((sum, one) => sum + one[key], 0);
  const faults: Record<string, number> = {};
  for (const [fault, count] of tallies.flatMap((one) => Object.entries(one.faults)))
    faults[fault] = (faults[fault] ?? 0) + count;
  return {
    phase: "all",
    sent: sum("sent"),
    answered: sum("answered"),
    failed: sum("failed"),
    longestSeconds: Math.max(0, ...tallies.map((one) => one.longestSeconds)),
    unexcused: sum("unexcused"),
    faults,
  };
}

/** The one it was sent in; but what fails in a time of tolerance belongs there, even if it was sent before. */
function phaseOf(phases: readonly Phase[], { sentAt, endedAt, fault }: Outcome): Phase | undefined {
  const tolerant = phases.filter(({ from, toleratedUntil }) => toleratedUntil > from);
  const excusing = tolerant.find((phase) => sentAt < phase.toleratedUntil && endedAt > phase.from);
  const sentIn = phases.findLast((phase) => phase.from <= sentAt);
  return (fault !== undefined && excusing) || sentIn;
}

function tally({ name, toleratedUntil }: Phase, outcomes: readonly Outcome[]): Tally {
  const failed = outcomes.filter(({ fault }) => fault !== undefined);
  const faults: Record<string, number> = {};
  for (const { fault = "" } of failed) faults[fault] = (faults[fault] ?? 0) + 1;
  return {
    phase: name,
    sent: outcomes.length,
    answered: outcomes.length - failed.length,
    failed: failed.length,
    longestSeconds: Math.max(0, ...outcomes.map(({ sentAt, endedAt }) => endedAt - sentAt)) / 1000,
    unexcused: failed.filter(({ sentAt }) => sentAt >= toleratedUntil).length,
    faults,
  };
}
