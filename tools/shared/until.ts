import { setTimeout as sleep } from "node:timers/promises";

/**
 * Looks again and again until it is so; a look that fails counts as no.
 * @param what completes "… within 60 s", e.g. `server-2 did not return`
 * @throws when it does not come to that in time, or at the signal
 */
export async function until(
  what: string,
  seconds: number,
  look: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await look().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`${what} within ${seconds} s.`);
    await sleep(250, undefined, { signal });
  }
}
