import { setTimeout as sleep } from "node:timers/promises";
import { type Alert, alertsOf } from "./alerts";
import type { Watched } from "./drill";
import type { Fault, Place } from "./faults";

/** From the fault to the alert: the window that has to fill, two evaluations, and the way of the data. */
const minutes = { toFire: 5 + 2, toResolve: 15, quiet: 3 };
const wayOfDataSeconds = 15;

/** What became of a fault. */
export interface Trial {
  /** The fault, after how long its monitors fired and resolved, and which did. */
  readonly row: readonly string[];
  /** What is wrong with that, in words. */
  readonly broken: readonly string[];
}

/** Lets a fault happen, waits for its monitors, mends it, and waits until no alert of it is left. */
export async function tryFault(fault: Fault, place: Place, watched: Watched): Promise<Trial> {
  const { live, log } = watched;
  log(fault.name);
  const before = new Set((await alertsOf(live)).map(({ id }) => id));
  const fresh = async () => (await alertsOf(live)).filter(({ id }) => !before.has(id));

  const harmed = Date.now();
  await fault.harm(place);
  const hasFired = (alerts: readonly Alert[]) =>
    fault.fires.every((name) => alerts.some(({ monitor }) => monitor === name));
  const fired = await within(minutes.toFire, watched, async () => hasFired(await fresh()));
  const firedAfter = after(fired, harmed);

  const healed = Date.now();
  await fault.heal(place);
  const areResolved = async () => (await fresh()).every(({ isActive }) => !isActive);
  const resolved = await within(fault.minutesToResolve ?? minutes.toResolve, watched, areResolved);
  const resolvedAfter = after(resolved, healed);

  const alerts = await fresh();
  const names = [...new Set(alerts.map(({ monitor }) => monitor))];
  const missing = fault.fires.filter((name) => !names.includes(name));
  const meant = [...fault.fires, ...(fault.mayFire ?? [])];
  const others = alerts.filter(({ monitor }) => !meant.includes(monitor));
  const open = alerts.filter(({ isActive }) => isActive);
  log(
    `  fired after ${firedAfter}, resolved after ${resolvedAfter}: ${alerts.map(({ monitor, about }) => `${monitor} ${about}`).join("; ")}`,
  );
  return {
    row: [fault.name, firedAfter, resolvedAfter, names.join(", ")],
    broken: [
      ...missing.map((name) => `${fault.name}: ${name} did not fire.`),
      ...others.map(({ monitor, about }) => `${fault.name}: ${monitor} fired as well (${about}).`),
      ...open.map(({ monitor, about }) => `${fault.name}: ${monitor} did not resolve (${about}).`),
    ],
  };
}

const after = (happened: boolean, since: number) =>
  happened ? `${((Date.now() - since) / 1000).toFixed(0)} s` : "never";

/** Waits until every monitor is content, which it must stay for a while. @returns those that are not, in words. */
export async function quiet(watched: Watched): Promise<string[]> {
  watched.log("waiting until no monitor has anything to tell");
  const active = async () => (await alertsOf(watched.live)).filter(({ isActive }) => isActive);
  let since = Date.now();
  const isQuiet = async () => {
    if ((await active()).length > 0) since = Date.now();
    return Date.now() - since > (minutes.quiet * 60_000) / watched.timeScale;
  };
  if (await within(minutes.toResolve, watched, isQuiet)) return [];
  return (await active()).map(
    ({ monitor, about }) => `Before anything was done: ${monitor} fires (${about}).`,
  );
}

/** Looks again and again, for so many minutes of shortened time. @returns whether it came to that. */
async function within(
  limit: number,
  { timeScale, signal }: Watched,
  look: () => Promise<boolean>,
): Promise<boolean> {
  const end = Date.now() + (limit * 60_000) / timeScale + wayOfDataSeconds * 1000;
  while (!(await look())) {
    if (Date.now() > end) return false;
    await sleep(500, undefined, { signal });
  }
  return true;
}
