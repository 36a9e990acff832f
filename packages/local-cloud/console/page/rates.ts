import { useRef } from "preact/hooks";
import type { Received } from "../shapes";

/** Weight of the newest rate in the mean that is shown. */
const weight = 0.4;

/** How much comes in a second, smoothed over the last few answers. */
export function useRates(received: Received, now: number): Pick<Received, "messages" | "points"> {
  const last = useRef({ received, now, messages: 0, points: 0 });
  const before = last.current;
  if (now > before.now) {
    const rate = (name: "messages" | "points") => {
      const latest = (1000 * Math.max(0, received[name] - before.received[name])) / (now - before.now);
      return before[name] === 0 ? latest : weight * latest + (1 - weight) * before[name];
    };
    last.current = { received, now, messages: rate("messages"), points: rate("points") };
  }
  return last.current;
}
