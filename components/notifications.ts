import * as pulumi from "@pulumi/pulumi";
import * as sumologic from "@pulumi/sumologic";
import { runbook } from "./runbooks";
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

/** What is said of an alert, in Sumo Logic's variables: which stack, what, where, how much, and what to do. */
function wordsOf(stack: Stack) {
  const summary = `${stack.title} {{Name}}: {{TriggerType}} {{AlertGroup}}`;
  const details = {
    measured: "{{Description}}: {{TriggerValue}}",
    runbook: runbook("{{Name}}", stack),
    alert: "{{AlertResponseUrl}}",
  };
  return { summary, details, text: [summary, ...Object.values(details)].join("\n") };
}

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
    const { summary, details, text } = wordsOf(args.stack);
    this.all = [];
    if (email.length > 0) {
      this.add(triggers, {
        connectionType: "Email",
        recipients: email,
        subject: summary,
        messageBody: text,
        timeZone: "Etc/UTC",
      });
    }
    if (slack) {
      this.connect("Slack", triggers, slack.url, { channel: slack.channel, text });
    }
    if (pagerduty) {
      const event = (event_action: string) => ({
        routing_key: pagerduty.integrationKey,
        event_action,
        // An incident for each monitor and server: the id is the monitor's.
        dedup_key: "{{Id}} {{AlertGroup}}",
        payload: { summary, severity: "critical", source: args.stack.title, custom_details: details },
      });
      const url = "https://events.pagerduty.com/v2/enqueue";
      this.connect("PagerDuty", pages, url, event("trigger"), event("resolve"));
    }
    if (webhook) {
      const which = {
        stack: args.stack.title,
        name: "{{Name}}",
        trigger: "{{TriggerType}}",
        group: "{{AlertGroup}}",
      };
      this.connect("Webhook", triggers, webhook.url, { ...which, ...details });
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
