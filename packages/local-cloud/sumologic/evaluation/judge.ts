import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { Monitor } from "../monitors";
import type { Queries, QueryRange } from "../query/queries";
import { span } from "../query/time-range";
import type { Slo } from "../slos";
import type { Alerts } from "./alerts";
import { type AlertType, type Condition, conditionsOf, offender, resolves, type Trigger } from "./conditions";
import { groupName, groupRows, groupSeries, type Observation, type Observations } from "./groups";
import type { Notifier } from "./notifier";
import { breach, isEvaluated } from "./objective";

/** The groups that a monitor saw, for missing them later. */
interface Seen {
  readonly groups: Readonly<Record<string, { readonly key: Observation["key"]; readonly at: number }>>;
}

/** How long a silent group is missed, in milliseconds. */
const memory = 24 * 60 * 60_000;

/** Which groups an alert is to be fired for, and for which one that is active stays. */
interface Verdict {
  readonly fires: readonly { readonly key: Observation["key"]; readonly value: number | null }[];
  stays(group: string): boolean;
}

/** Holds what a monitor's query finds against its conditions, fires and resolves alerts, and tells of them. */
export class Judge {
  private readonly seen: Collection<Seen>;
  private readonly slos: Collection<Slo>;
  private readonly scale: number;

  constructor(
    core: Core,
    private readonly queries: Queries,
    private readonly alerts: Alerts,
    private readonly notifier: Notifier,
  ) {
    this.seen = core.store.collection<Seen>("sumologic/monitor-groups");
    this.slos = core.store.collection<Slo>("sumologic/slos");
    this.scale = core.options.timeScale ?? 1;
  }

  /**
   * @param now end of the windows, in milliseconds since the epoch.
   * @throws QueryError, or an Error where an SLO's indicator is not computed here.
   */
  async evaluate(monitor: Monitor, now: number): Promise<void> {
    if (monitor.monitorType === "Slo") return this.evaluateObjective(monitor, now);
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
      const { type, alert, resolution = alert } = condition;
      const observed = await observe(windowOf(alert), alert.field);
      const window = resolution.resolutionWindow ? span(resolution.resolutionWindow) : windowOf(alert);
      const verdict =
        type === "MissingData"
          ? this.silence(monitor, observed, now)
          : crossing(condition, observed, await observe(window, alert.field));
      await this.carryOut(monitor, type, verdict);
    }
  }

  /** Forgets the groups of monitors that are no more. */
  forgetOrphans(monitors: Collection<Monitor>): void {
    for (const id of this.seen.ids()) if (!monitors.get(id)) this.seen.delete(id);
  }

  private async evaluateObjective(monitor: Monitor, now: number): Promise<void> {
    const slo = this.slos.get(monitor.sloId ?? "");
    if (!slo || !isEvaluated(slo)) throw new Error("The indicator of this SLO is not computed here.");
    for (const { type, alert } of conditionsOf(monitor)) {
      const value = await breach(slo, alert, this.queries, { to: now, scale: this.scale });
      const fires = value === undefined ? [] : [{ key: {}, value }];
      await this.carryOut(monitor, type, { fires, stays: () => fires.length > 0 });
    }
  }

  private async observe(
    monitor: Monitor,
    range: QueryRange,
    field: string | undefined,
  ): Promise<Observations> {
    const { monitorType, notificationGroupFields: fields, queries } = monitor;
    if (monitorType === "Logs") {
      const { rows } = await this.queries.runLogQuery(queries[0]?.query ?? "", range);
      return groupRows(rows, fields, field || undefined);
    }
    const results = await this.queries.runMetricQueries(queries, range);
    return groupSeries(results.get(queries.at(-1)?.rowId ?? "") ?? [], fields);
  }

  /** The groups that were there within a day and are no more; without groups, silence as such. */
  private silence(monitor: Monitor, observed: Observations, now: number): Verdict {
    const present = [...observed].filter(([, { count }]) => count > 0);
    const remembered = Object.entries(this.seen.get(monitor.id)?.groups ?? {}).filter(
      ([, { at }]) => at > now - memory / this.scale,
    );
    const here = Object.fromEntries(present.map(([name, { key }]) => [name, { key, at: now }]));
    const groups = { ...Object.fromEntries(remembered), ...here };
    this.seen.put(monitor.id, { groups });

    const expected = monitor.notificationGroupFields.length > 0 ? groups : { "": { key: {}, at: now } };
    const missing = Object.entries(expected).filter(([name]) => !(name in here));
    return {
      fires: missing.map(([, { key }]) => ({ key, value: null })),
      stays: (group) => missing.some(([name]) => name === group),
    };
  }

  private async carryOut(monitor: Monitor, type: AlertType, { fires, stays }: Verdict): Promise<void> {
    for (const { key, value } of fires) {
      if (this.alerts.isActive(monitor.id, type, key)) continue;
      await this.notifier.tell(monitor, this.alerts.fire(monitor, type, key, value));
    }
    for (const active of this.alerts.active(monitor.id)) {
      if (active.severity !== type || stays(groupName(active.group))) continue;
      await this.notifier.tell(monitor, this.alerts.resolve(active));
    }
  }
}

/** The groups that cross the threshold; an alert stays until the values of the resolution's window have gone back. */
function crossing({ alert, resolution }: Condition, now: Observations, lately: Observations): Verdict {
  const offenders = [...now].flatMap(([name, { key, values }]) => {
    const value = offender(alert, values);
    return value === undefined ? [] : [{ name, key, value }];
  });
  return {
    fires: offenders,
    stays: (group) =>
      offenders.some(({ name }) => name === group) ||
      (resolution !== undefined && !resolves(resolution, lately.get(group)?.values ?? [])),
  };
}

/** Length of a trigger's window, the shortest of several, in milliseconds; 15 minutes where it names none. */
export function windowOf({ timeRange, burnRates = [] }: Trigger): number {
  const windows = [timeRange, ...burnRates.map((rate) => rate.timeRange)].flatMap((each) => each ?? []);
  return windows.length > 0 ? Math.min(...windows.map(span)) : 15 * 60_000;
}
