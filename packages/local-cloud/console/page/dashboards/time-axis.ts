const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Distances of the marks on a time axis. */
const steps = [
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
];
const longSteps = [hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour];
/** Marks on an axis, at most. */
const most = 6;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** Round times between two others. */
export function timeTicks(from: number, to: number): number[] {
  const all = [...steps, ...longSteps];
  const step = all.find((each) => (to - from) / each <= most) ?? (to - from) / most;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}

/** A time of day, with seconds only where they say something. */
export function timeText(ms: number): string {
  return ms % minute === 0 ? clock.format(ms) : clockWithSeconds.format(ms);
}
