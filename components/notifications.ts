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
const pages = { PagerDuty: "Critical", "PagerDuty silence": "MissingData" } as const;

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
  private readonly all: {
    readonly notification: sumologic.NotificationAction;
    readonly runForTriggerTypes: sumologic.TriggerType[];
  }[] = [];

  constructor(
    private readonly name: string,
    private readonly args: NotificationsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(typeToken("monitoring", "Notifications"), name, {}, opts);
    const { email, slack, pagerduty, webhook } = args.stack.settings.monitoring.notifications;
    const { summary, details, text } = wordsOf(args.stack);
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
      const url = "https://events.pagerduty.com/v2/enqueue";
      // A connection each, whose payload is a secret, as a monitor's own payloads are not.
      for (const [name, type] of Object.entries(pages)) {
        const event = (event_action: string) => ({
          routing_key: pagerduty.integrationKey,
          event_action,
          // An incident for each monitor, server and kind, which ends by itself: the id is the monitor's.
          dedup_key: `{{Id}} {{AlertGroup}} ${type}`,
          payload: { summary, severity: "critical", source: args.stack.title, custom_details: details },
        });
        this.connect("PagerDuty", [type, `Resolved${type}`], url, event("trigger"), event("resolve"), name);
      }
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

  /** For a monitor with such alerts. */
  of(alerts: readonly sumologic.TriggerType[]): sumologic.MonitorNotification[] {
    return this.all.filter(({ runForTriggerTypes }) =>
      runForTriggerTypes.some((type) => alerts.includes(type)),
    );
  }

  private connect(
    kind: "Slack" | "PagerDuty" | "Webhook",
    runForTriggerTypes: sumologic.TriggerType[],
    url: string,
    payload: Record<string, unknown>,
    resolution = payload,
    name: string = kind,
  ): void {
    const connection = new sumologic.Connection(
      `${this.name}-${name.toLowerCase().replace(" ", "-")}`,
      {
        name: `${this.args.stack.title} ${name}`,
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
