import type * as pulumi from "@pulumi/pulumi";
import type { TriggerConditions } from "./triggers";

/** A folder of monitors. */
export declare class MonitorFolder extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/monitorFolder:MonitorFolder";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<MonitorFolderArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): MonitorFolder;
  static isInstance(obj: unknown): obj is MonitorFolder;
  constructor(name: string, args: MonitorFolderArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string>;
  readonly parentId: pulumi.Output<string>;
}

export interface MonitorFolderArgs {
  /** Name, unique in its parent. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  /** Folder it lies in. Default: the root. Not to be changed: the provider does not move folders. */
  readonly parentId?: pulumi.Input<string>;
}

/** A monitor: a query evaluated again and again, and who is told when a threshold is crossed. */
export declare class Monitor extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/monitor:Monitor";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<MonitorArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Monitor;
  static isInstance(obj: unknown): obj is Monitor;
  constructor(name: string, args: MonitorArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly parentId: pulumi.Output<string>;
  readonly monitorType: pulumi.Output<string>;
  readonly queries: pulumi.Output<pulumi.Unwrap<MonitorQuery>[] | undefined>;
  readonly triggerConditions: pulumi.Output<pulumi.Unwrap<TriggerConditions> | undefined>;
  readonly notifications: pulumi.Output<pulumi.Unwrap<MonitorNotification>[] | undefined>;
  readonly notificationGroupFields: pulumi.Output<string[] | undefined>;
  readonly groupNotifications: pulumi.Output<boolean | undefined>;
  readonly alertName: pulumi.Output<string | undefined>;
  readonly playbook: pulumi.Output<string | undefined>;
  readonly evaluationDelay: pulumi.Output<string>;
  readonly timeZone: pulumi.Output<string | undefined>;
  readonly isDisabled: pulumi.Output<boolean | undefined>;
  readonly sloId: pulumi.Output<string | undefined>;
  readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** Always `["Normal"]`: the provider does not read it. */
  readonly statuses: pulumi.Output<string[]>;
}

export interface MonitorArgs {
  /**
   * Name, unique in its folder: at least 2 characters, none of them `/`, no space at either end. Default: the
   * resource's name and a random suffix.
   */
  readonly name?: pulumi.Input<string>;
  /** At least 2 characters, no space at either end. */
  readonly description?: pulumi.Input<string>;
  /** A `MonitorFolder`. Default: the root. */
  readonly parentId?: pulumi.Input<string>;
  readonly monitorType: pulumi.Input<"Logs" | "Metrics" | "Slo">;
  /** For `Logs` one; for `Metrics` several, the last being the one that triggers. */
  readonly queries?: pulumi.Input<pulumi.Input<MonitorQuery>[]>;
  /** One of the conditions for data, one for missing data, or both. */
  readonly triggerConditions: pulumi.Input<TriggerConditions>;
  readonly notifications?: pulumi.Input<pulumi.Input<MonitorNotification>[]>;
  /** Fields, e.g. `_sourceHost`, each value of which alerts by itself. */
  readonly notificationGroupFields?: pulumi.Input<pulumi.Input<string>[]>;
  /** Whether all groups alert as one, without `notificationGroupFields`. Default true. */
  readonly groupNotifications?: pulumi.Input<boolean>;
  /** Name of the alerts; may hold variables such as `{{ResultJson._sourceHost}}`. Up to 512 characters. */
  readonly alertName?: pulumi.Input<string>;
  /** What to do, in Markdown, shown with the alert. */
  readonly playbook?: pulumi.Input<string>;
  /** How late data may be, e.g. `1m30s`. Default `0m`. */
  readonly evaluationDelay?: pulumi.Input<string>;
  readonly timeZone?: pulumi.Input<string>;
  /** Default false. */
  readonly isDisabled?: pulumi.Input<boolean>;
  /** The SLO, with `monitorType: "Slo"`. */
  readonly sloId?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface MonitorQuery {
  /** `A`, `B`, … */
  readonly rowId: pulumi.Input<string>;
  readonly query: pulumi.Input<string>;
}

export interface MonitorNotification {
  readonly notification: pulumi.Input<NotificationAction>;
  readonly runForTriggerTypes: pulumi.Input<pulumi.Input<TriggerType>[]>;
}

export type TriggerType =
  | "Critical"
  | "Warning"
  | "MissingData"
  | "ResolvedCritical"
  | "ResolvedWarning"
  | "ResolvedMissingData";

/** For `Email`: recipients, subject, messageBody and timeZone. Else: connectionId and the payloads. */
export interface NotificationAction {
  /** Set it always, to the connection's `webhookType`. */
  readonly connectionType: pulumi.Input<
    | "AWSLambda"
    | "AzureFunctions"
    | "Datadog"
    | "Email"
    | "HipChat"
    | "Jira"
    | "MicrosoftTeams"
    | "NewRelic"
    | "Opsgenie"
    | "PagerDuty"
    | "ServiceNow"
    | "Slack"
    | "SumoCloudSOAR"
    | "Webhook"
  >;
  readonly recipients?: pulumi.Input<pulumi.Input<string>[]>;
  /** May hold variables such as `{{TriggerType}}` and `{{Name}}`. */
  readonly subject?: pulumi.Input<string>;
  readonly messageBody?: pulumi.Input<string>;
  readonly timeZone?: pulumi.Input<string>;
  readonly connectionId?: pulumi.Input<string>;
  /** JSON, instead of the connection's payload. */
  readonly payloadOverride?: pulumi.Input<string>;
  /** JSON, instead of the connection's payload of the resolution. */
  readonly resolutionPayloadOverride?: pulumi.Input<string>;
}
