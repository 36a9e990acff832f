/** A resource of a stack, and what it has to wait for. */
export interface Waiting {
  readonly name: string;
  /** Names of what has to be there before. */
  readonly after: readonly string[];
  /** How long its cloud and its plugin take, in milliseconds. */
  readonly ms: number;
  /** Its calls to an API that takes one after the other. */
  readonly calls: number;
}

/** A link of the chain: when it was there, in milliseconds from the beginning. */
export interface Link {
  readonly name: string;
  readonly at: number;
}

/**
 * The longest chain of waits: when the last resource is there if each begins as soon as what it depends on is, and
 * the calls of all wait for each other in the order in which they come.
 * @param intervalMs between two of those calls
 */
export function longestChain(resources: readonly Waiting[], intervalMs: number): Link[] {
  const left = new Map(resources.map((one) => [one.name, new Set(one.after)]));
  const before = new Map<string, Link>();
  const done: Link[] = [];
  const due = resources.filter(({ after }) => after.length === 0).map((one) => first(one, 0));
  let free = 0;

  for (let next = earliest(due); next; next = earliest(due)) {
    const { one, at, calls } = next;
    if (calls > 0) {
      free = Math.max(free, at) + intervalMs;
      due.push({ one, at: free + (calls === 1 ? one.ms : 0), calls: calls - 1 });
      continue;
    }
    const link = { name: one.name, at };
    done.push(link);
    for (const waiting of resources) {
      const missing = left.get(waiting.name);
      if (!missing?.delete(one.name) || missing.size > 0) continue;
      before.set(waiting.name, link);
      due.push(first(waiting, at));
    }
  }
  return backFrom(done.at(-1), before);
}

/** Something that falls due: the resource's next call or, where none is left, its end. */
interface Due {
  readonly one: Waiting;
  readonly at: number;
  readonly calls: number;
}

/** What falls due first of a resource that can begin. */
const first = (one: Waiting, at: number): Due => ({
  one,
  at: one.calls > 0 ? at : at + one.ms,
  calls: one.calls,
});

/** Takes out what is due first; of two at the same time, what came first. */
function earliest(due: Due[]): Due | undefined {
  const at = due.reduce((best, { at }, index) => (at < (due[best]?.at ?? 0) ? index : best), 0);
  return due.splice(at, 1)[0];
}

function backFrom(last: Link | undefined, before: ReadonlyMap<string, Link>): Link[] {
  return last === undefined ? [] : [...backFrom(before.get(last.name), before), last];
}
