import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { type Stack, typeToken } from "./stack";

export interface NotificationsArgs {
  readonly stack: Stack;
}

const triggers: sumologic.TriggerType[] = [
  "Critical",
  "Warning",
  "MissingData",
  "ResolvedCritical",
  "ResolvedWarning",
  "ResolvedMissingData",
];
/** Pages go out for what is critical, and for silence, which may be a server that is gone. */
const pages: sumologic.TriggerType[] = ["Critical", "MissingData", "ResolvedCritical", "ResolvedMissingData"];

const summary = "{{Name}}: {{TriggerType}} {{AlertGroup}}";

/** Whom Sumo Logic tells of an alert, and the connections over which it does. */
export class Notifications extends pulumi.ComponentResource {
  /** For the monitors. */
  readonly all: sumologic.MonitorNotification[];

  constructor(
    private readonly name: string,
    private readonly args: NotificationsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("monitoring", "Notifications"), name, {}, opts);
    const { email, slack, pagerduty, webhook } = args.stack.settings.monitoring.notifications;
    this.all = [];
    if (email.length > 0) {
      this.add(triggers, {
        connectionType: "Email",
        recipients: email,
        subject: summary,
        messageBody: `${summary}\n{{AlertResponseUrl}}\n{{Description}}\n{{Playbook}}`,
        timeZone: "Etc/UTC",
      });
    }
    if (slack) {
      this.connect("Slack", triggers, slack.url, { channel: slack.channel, text: summary });
    }
    if (pagerduty) {
      const event = (event_action: string) => ({
        routing_key: pagerduty.integrationKey,
        event_action,
        dedup_key: "{{Id}}",
        payload: { summary, severity: "critical", source: args.stack.title },
      });
      const url = "https://events.pagerduty.com/v2/enqueue";
      this.connect("PagerDuty", pages, url, event("trigger"), event("resolve"));
    }
    if (webhook) {
      this.connect("Webhook", triggers, webhook.url, { name: "{{Name}}", trigger: "{{TriggerType}}" });
    }
    this.registerOutputs({});
  }

  private connect(
    kind: "Slack" | "PagerDuty" | "Webhook",
    runForTriggerTypes: sumologic.TriggerType[],
    url: string,
    payload: Record<string, unknown>,
    resolution = payload,
  ): void {
    const connection = new sumologic.Connection(
      `${this.name}-${kind.toLowerCase()}`,
      {
        name: `${this.args.stack.title} ${kind}`,
        description: `Alerts of ${this.args.stack.title}`,
        type: "WebhookConnection",
        webhookType: kind,
        url,
        defaultPayload: JSON.stringify(payload),
        resolutionPayload: JSON.stringify(resolution),
      },
      { parent: this },
    );
    this.add(runForTriggerTypes, { connectionType: kind, connectionId: connection.id });
  }

  private add(runForTriggerTypes: sumologic.TriggerType[], notification: sumologic.NotificationAction): void {
    this.all.push({ notification, runForTriggerTypes });
  }
}
