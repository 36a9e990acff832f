import type { Core } from "../../core/core";
import { isLoopback } from "../../core/server";
import type { Collection } from "../../core/store";
import type { Connection } from "../connections";
import { hexId } from "../ids";
import type { Monitor } from "../monitors";
import type { Alert } from "./alerts";
import { groupName } from "./groups";
import { filled, type Variables } from "./template";

/** That somebody was to be told of an alert. */
export interface Notification {
  readonly id: string;
  readonly at: string;
  readonly monitor: string;
  readonly alertId: string;
  /** `Critical`, `ResolvedCritical`… */
  readonly triggerType: string;
  readonly connectionType: string;
  /** Addresses, or the connection's name. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  /** `recorded` for all that would leave this machine; else the answer's status, or why there was none. */
  readonly outcome: string;
}

/** Notifications beyond these are forgotten, the oldest first. */
const most = 1000;
/** How long a connection may take to answer, in milliseconds. */
const patience = 5000;

/** Tells of alerts: what would leave this machine is only recorded, webhooks on loopback are really called. */
export class Notifier {
  private readonly notifications: Collection<Notification>;
  private readonly connections: Collection<Connection>;

  constructor(private readonly core: Core) {
    this.notifications = core.store.collection<Notification>("sumologic/notifications");
    this.connections = core.store.collection<Connection>("sumologic/connections");
  }

  list(): Notification[] {
    return this.notifications.list();
  }

  /** Tells everybody whom the monitor names for this kind of alert, or for its end. */
  async tell(monitor: Monitor, alert: Alert): Promise<void> {
    const triggerType = alert.status === "Active" ? alert.severity : (`Resolved${alert.severity}` as const);
    const wanted = monitor.notifications.filter(({ runForTriggerTypes }) =>
      runForTriggerTypes.includes(triggerType),
    );
    await Promise.all(wanted.map(({ notification }) => this.send(monitor, alert, triggerType, notification)));
    for (const id of this.notifications.ids().slice(0, -most)) this.notifications.delete(id);
  }

  private async send(
    monitor: Monitor,
    alert: Alert,
    triggerType: string,
    notification: Monitor["notifications"][number]["notification"],
  ): Promise<void> {
    const variables = variablesOf(monitor, alert, triggerType, this.core.clock.stamp());
    const common = {
      monitor: monitor.name,
      alertId: alert.id,
      triggerType,
      connectionType: notification.connectionType,
    };
    if (notification.connectionType === "Email") {
      const subject = filled(notification.subject, variables, false);
      const body = filled(notification.messageBody, variables, false);
      this.record({ ...common, to: notification.recipients, subject, body, outcome: "recorded" });
      return;
    }
    const connection = this.connections.get(notification.connectionId);
    if (!connection) return;
    const resolved = alert.status === "Resolved";
    const override = resolved ? notification.resolutionPayloadOverride : notification.payloadOverride;
    const own = (resolved && connection.resolutionPayload) || connection.defaultPayload;
    const body = filled(override || own, variables, true);
    this.record({
      ...common,
      to: [connection.name],
      subject: "",
      body,
      outcome: await post(connection, body),
    });
  }

  private record(notification: Omit<Notification, "id" | "at">): void {
    const id = hexId();
    this.notifications.put(id, { id, at: this.core.clock.stamp(), ...notification });
  }
}

async function post({ url, headers, customHeaders }: Connection, body: string): Promise<string> {
  if (!isLoopback(new URL(url).hostname)) return "recorded";
  const given = [...headers, ...customHeaders].map(({ name, value }) => [name, value]);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...Object.fromEntries(given) },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
    });
    return String(response.status);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function variablesOf(monitor: Monitor, alert: Alert, triggerType: string, at: string): Variables {
  return {
    Id: monitor.id,
    AlertID: alert.id,
    AlertGroup: groupName(alert.group),
    AlertName: monitor.alertName ?? monitor.name,
    AlertResponseUrl: `/alerts/${alert.id}`,
    AlertStatus: alert.status,
    Description: monitor.description,
    MonitorType: monitor.monitorType,
    Name: monitor.name,
    Playbook: monitor.playbook,
    Query: monitor.queries.map(({ query }) => query).join("\n"),
    TriggerTime: at,
    TriggerType: triggerType,
    TriggerValue: alert.triggerValue ?? "",
  };
}
