import type * as pulumi from "@pulumi/pulumi";

/**
 * Where alerts are sent to. The address, the headers and the payloads may hold keys and are marked secret.
 */
export declare class Connection extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/connection:Connection";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<ConnectionArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Connection;
  static isInstance(obj: unknown): obj is Connection;
  constructor(name: string, args: ConnectionArgs, opts?: pulumi.CustomResourceOptions);
  readonly type: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly url: pulumi.Output<string>;
  readonly headers: pulumi.Output<Record<string, string> | undefined>;
  readonly customHeaders: pulumi.Output<Record<string, string> | undefined>;
  readonly defaultPayload: pulumi.Output<string>;
  readonly resolutionPayload: pulumi.Output<string>;
  readonly webhookType: pulumi.Output<string | undefined>;
  readonly connectionSubtype: pulumi.Output<string | undefined>;
}

export interface ConnectionArgs {
  /** The one kind there is. A change replaces the connection. */
  readonly type: pulumi.Input<"WebhookConnection">;
  /** Name, unique in the account; 1 to 128 characters. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  /** Up to 1024 characters. */
  readonly description?: pulumi.Input<string>;
  /** Address that gets a POST. */
  readonly url: pulumi.Input<string>;
  /** Headers with credentials. */
  readonly headers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  readonly customHeaders?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** JSON with variables such as `{{Name}}` and `{{TriggerType}}`. */
  readonly defaultPayload: pulumi.Input<string>;
  /** The same for the resolution. Default: the API's own, for the kinds that have one. */
  readonly resolutionPayload?: pulumi.Input<string>;
  /** Default `Webhook`. */
  readonly webhookType?: pulumi.Input<
    | "AWSLambda"
    | "Azure"
    | "Datadog"
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
  /** For `ServiceNow`. */
  readonly connectionSubtype?: pulumi.Input<"Incident" | "Event">;
}
