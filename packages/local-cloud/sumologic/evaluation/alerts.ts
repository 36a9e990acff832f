import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import { hexId } from "../ids";
import type { Monitor } from "../monitors";
import type { AlertType } from "./conditions";
import { groupName, type Observation } from "./groups";

/** That a monitor found what it looks for, in one group. */
export interface Alert {
  readonly id: string;
  readonly monitorId: string;
  readonly name: string;
  readonly severity: AlertType;
  /** The group's fields; none where the monitor doesn't group. */
  readonly group: Observation["key"];
  readonly status: "Active" | "Resolved";
  /** What set it off; null for missing data. */
  readonly triggerValue: number | null;
  readonly abnormalityStartTime: string;
  readonly resolvedAt: string | null;
}

/** Resolved alerts beyond these are forgotten, the oldest first. */
const mostResolved = 1000;

/** The alerts of all monitors, of which one monitor has at most one active for each kind and group. */
export class Alerts {
  private readonly alerts: Collection<Alert>;
  private readonly monitors: Collection<Monitor>;

  constructor(private readonly core: Core) {
    this.alerts = core.store.collection<Alert>("sumologic/alerts");
    this.monitors = core.store.collection<Monitor>("sumologic/monitors");
  }

  list(): Alert[] {
    return this.alerts.list();
  }

  get(id: string): Alert | undefined {
    return this.alerts.get(id);
  }

  /** The active alerts of a monitor. */
  active(monitorId: string): Alert[] {
    return this.alerts.list().filter((alert) => alert.monitorId === monitorId && alert.status === "Active");
  }

  isActive(monitorId: string, severity: AlertType, group: Observation["key"]): boolean {
    return this.active(monitorId).some(
      (alert) => alert.severity === severity && groupName(alert.group) === groupName(group),
    );
  }

  fire(monitor: Monitor, severity: AlertType, group: Observation["key"], triggerValue: number | null): Alert {
    const id = hexId();
    const alert = this.alerts.put(id, {
      id,
      monitorId: monitor.id,
      name: monitor.name,
      severity,
      group,
      status: "Active",
      triggerValue,
      abnormalityStartTime: this.core.clock.stamp(),
      resolvedAt: null,
    });
    this.show(monitor.id);
    return alert;
  }

  resolve(alert: Alert): Alert {
    const resolved = this.alerts.put(alert.id, {
      ...alert,
      status: "Resolved",
      resolvedAt: this.core.clock.stamp(),
    });
    this.show(alert.monitorId);
    this.forgetOld();
    return resolved;
  }

  /** Forgets the alerts of monitors that are no more. */
  forgetOrphans(): void {
    for (const { id, monitorId } of this.alerts.list())
      if (!this.monitors.get(monitorId)) this.alerts.delete(id);
  }

  /** Lets a monitor show the kinds of its active alerts. */
  show(monitorId: string): void {
    const monitor = this.monitors.get(monitorId);
    if (monitor?.contentType !== "Monitor") return;
    const kinds = [...new Set(this.active(monitorId).map(({ severity }) => severity))].sort();
    const status = monitor.isDisabled ? ["Disabled"] : kinds.length > 0 ? kinds : ["Normal"];
    if (status.join() !== monitor.status.join()) this.monitors.patch(monitorId, { status });
  }

  private forgetOld(): void {
    const resolved = this.alerts.list().filter(({ status }) => status === "Resolved");
    for (const { id } of resolved.slice(0, -mostResolved)) this.alerts.delete(id);
  }
}
