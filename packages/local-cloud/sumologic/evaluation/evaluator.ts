import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { Monitor } from "../monitors";
import type { Queries, QueryRange } from "../query/queries";
import { span } from "../query/time-range";
import type { Alerts } from "./alerts";
import {
  type Condition,
  conditionsOf,
  frequency,
  notEvaluated,
  offender,
  resolves,
  type Trigger,
} from "./conditions";
import { groupName, groupRows, groupSeries, type Observation, type Observations } from "./groups";
import type { Notifier } from "./notifier";

/** What is known of a monitor's evaluation. */
export interface Evaluation {
  /** When it was last evaluated. */
  readonly at: string;
  /** Why it could not be, last time. */
  readonly error: string | null;
  /** Ways of detection that are not carried out here. */
  readonly notEvaluated: readonly string[];
}

/** The groups that a monitor saw, for missing them later. */
interface Seen {
  readonly groups: Readonly<Record<string, { readonly key: Observation["key"]; readonly at: number }>>;
}

/** How often it is looked which monitors are due; and how long a silent group is missed. Both in milliseconds. */
const tick = 60_000;
const memory = 24 * 60 * 60_000;

/** Evaluates the account's monitors, each as often as its windows ask for. */
export class Evaluator {
  private readonly monitors: Collection<Monitor>;
  private readonly seen: Collection<Seen>;
  private readonly evaluations = new Map<string, Evaluation>();
  private readonly scale: number;
  private running: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly core: Core,
    private readonly queries: Queries,
    private readonly alerts: Alerts,
    private readonly notifier: Notifier,
  ) {
    this.monitors = core.store.collection<Monitor>("sumologic/monitors");
    this.seen = core.store.collection<Seen>("sumologic/monitor-groups");
    this.scale = core.options.timeScale ?? 1;
  }

  /** Looks every minute, of shortened time, which monitors are due; ends with the clock. */
  start(): void {
    this.core.clock.at(this.core.clock.now() + tick / this.scale, () => {
      if (!this.busy) this.running = this.evaluateDue();
      this.start();
    });
  }

  /** Resolves when no evaluation is under way. */
  settled(): Promise<void> {
    return this.running;
  }

  /** By monitor id. */
  evaluation(id: string): Evaluation | undefined {
    return this.evaluations.get(id);
  }

  private async evaluateDue(): Promise<void> {
    this.busy = true;
    this.alerts.forgetOrphans();
    const now = this.core.clock.now();
    for (const monitor of this.monitors.list()) {
      if (monitor.contentType === "Monitor" && this.isDue(monitor, now)) await this.attempt(monitor, now);
      this.alerts.show(monitor.id);
    }
    this.busy = false;
  }

  private isDue(monitor: Monitor, now: number): boolean {
    if (monitor.isDisabled) return false;
    const last = this.evaluations.get(monitor.id);
    const windows = conditionsOf(monitor).map(({ alert }) => frequency(windowOf(alert)));
    // A tick that is a little early still counts.
    return !last || now - Date.parse(last.at) >= (Math.min(...windows, Infinity) - tick / 2) / this.scale;
  }

  private async attempt(monitor: Monitor, time: number): Promise<void> {
    let error: string | null = null;
    try {
      await this.evaluate(monitor, time);
    } catch (fault) {
      error = fault instanceof Error ? fault.message : String(fault);
    }
    const at = new Date(time).toISOString();
    this.evaluations.set(monitor.id, { at, error, notEvaluated: notEvaluated(monitor) });
  }

  private async evaluate(monitor: Monitor, now: number): Promise<void> {
    const known = new Map<string, Promise<Observations>>();
    const observe = (window: number, field: string | undefined): Promise<Observations> => {
      const to = now - span(monitor.evaluationDelay) / this.scale;
      const range = { from: to - window / this.scale, to, scale: this.scale };
      const id = `${window} ${field}`;
      const observed = known.get(id) ?? this.observe(monitor, range, field);
      known.set(id, observed);
      return observed;
    };
    for (const condition of conditionsOf(monitor)) {
      const { alert, resolution = alert } = condition;
      const observed = await observe(windowOf(alert), alert.field);
      const window = resolution.resolutionWindow ? span(resolution.resolutionWindow) : windowOf(alert);
      if (condition.type === "MissingData") await this.judgeSilence(monitor, observed, now);
      else await this.judge(monitor, condition, observed, await observe(window, alert.field));
    }
  }

  private async observe(
    monitor: Monitor,
    range: QueryRange,
    field: string | undefined,
  ): Promise<Observations> {
    const fields = monitor.notificationGroupFields;
    const [first] = monitor.queries;
    if (monitor.monitorType === "Logs") {
      const { rows } = await this.queries.runLogQuery(first?.query ?? "", range);
      return groupRows(rows, fields, field || undefined);
    }
    const results = await this.queries.runMetricQueries(monitor.queries, range);
    return groupSeries(results.get(monitor.queries.at(-1)?.rowId ?? "") ?? [], fields);
  }

  /** Fires for the groups that cross the threshold, and resolves what has gone back. */
  private async judge(
    monitor: Monitor,
    condition: Condition,
    now: Observations,
    lately: Observations,
  ): Promise<void> {
    const { type, alert, resolution } = condition;
    for (const { key, values } of now.values()) {
      const value = offender(alert, values);
      if (value === undefined || this.alerts.isActive(monitor.id, type, key)) continue;
      await this.notifier.tell(monitor, this.alerts.fire(monitor, type, key, value));
    }
    for (const active of this.alerts.active(monitor.id).filter(({ severity }) => severity === type)) {
      const name = groupName(active.group);
      const crossing = offender(alert, now.get(name)?.values ?? []) !== undefined;
      if (crossing || (resolution && !resolves(resolution, lately.get(name)?.values ?? []))) continue;
      await this.notifier.tell(monitor, this.alerts.resolve(active));
    }
  }

  /** Fires for the groups that were there within a day and are no more. Without groups, for silence as such. */
  private async judgeSilence(monitor: Monitor, now: Observations, time: number): Promise<void> {
    const grouped = monitor.notificationGroupFields.length > 0;
    const present = [...now].filter(([, { count }]) => count > 0);
    const remembered = Object.entries(this.seen.get(monitor.id)?.groups ?? {}).filter(
      ([, { at }]) => at > time - memory / this.scale,
    );
    const groups = { ...Object.fromEntries(remembered) };
    for (const [name, { key }] of present) groups[name] = { key, at: time };
    this.seen.put(monitor.id, { groups });

    const expected = grouped ? groups : { "": { key: {}, at: time } };
    const here = new Set(present.map(([name]) => name));
    for (const [name, { key }] of Object.entries(expected)) {
      if (here.has(name) || this.alerts.isActive(monitor.id, "MissingData", key)) continue;
      await this.notifier.tell(monitor, this.alerts.fire(monitor, "MissingData", key, null));
    }
    for (const active of this.alerts
      .active(monitor.id)
      .filter(({ severity }) => severity === "MissingData")) {
      const name = groupName(active.group);
      if (name in expected && !here.has(name)) continue;
      await this.notifier.tell(monitor, this.alerts.resolve(active));
    }
  }
}

/** Length of a trigger's window, in milliseconds; 15 minutes where it names none. */
function windowOf({ timeRange }: Trigger): number {
  return timeRange ? span(timeRange) : 15 * 60_000;
}
