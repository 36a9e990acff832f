import type * as pulumi from "@pulumi/pulumi";

/** A hosted collector: what sources belong to. Its id is a number, as a string. */
export declare class Collector extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/collector:Collector";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<CollectorArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Collector;
  static isInstance(obj: unknown): obj is Collector;
  constructor(name: string, args?: CollectorArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly category: pulumi.Output<string | undefined>;
  readonly timezone: pulumi.Output<string | undefined>;
  readonly fields: pulumi.Output<Record<string, string> | undefined>;
}

export interface CollectorArgs {
  /** Name, unique in the account; up to 128 characters. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** Source category of what its sources do not categorize themselves. */
  readonly category?: pulumi.Input<string>;
  /** IANA time zone of time stamps without one. Default `Etc/UTC`. */
  readonly timezone?: pulumi.Input<string>;
  /** Metadata added to everything collected; a key that is no declared `Field` is dropped. */
  readonly fields?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** An HTTP source: an address that takes in logs or metrics. */
export declare class HttpSource extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/httpSource:HttpSource";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<HttpSourceArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): HttpSource;
  static isInstance(obj: unknown): obj is HttpSource;
  constructor(name: string, args: HttpSourceArgs, opts?: pulumi.CustomResourceOptions);
  /** Address to send to; whoever knows it can. Marked secret. */
  readonly url: pulumi.Output<string>;
  /** The secret part of `url`. Marked secret. */
  readonly token: pulumi.Output<string>;
  readonly baseUrl: pulumi.Output<string>;
  readonly collectorId: pulumi.Output<number>;
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string | undefined>;
  readonly category: pulumi.Output<string | undefined>;
  readonly hostName: pulumi.Output<string | undefined>;
  readonly timezone: pulumi.Output<string | undefined>;
  readonly forceTimezone: pulumi.Output<boolean | undefined>;
  readonly automaticDateParsing: pulumi.Output<boolean | undefined>;
  readonly defaultDateFormats: pulumi.Output<pulumi.Unwrap<HttpSourceDateFormat>[] | undefined>;
  readonly multilineProcessingEnabled: pulumi.Output<boolean | undefined>;
  readonly useAutolineMatching: pulumi.Output<boolean | undefined>;
  readonly manualPrefixRegexp: pulumi.Output<string | undefined>;
  readonly contentType: pulumi.Output<string | undefined>;
  readonly messagePerRequest: pulumi.Output<boolean | undefined>;
  readonly filters: pulumi.Output<pulumi.Unwrap<HttpSourceFilter>[] | undefined>;
  readonly fields: pulumi.Output<Record<string, string> | undefined>;
}

export interface HttpSourceArgs {
  /** The collector: `collector.id.apply(Number)`. A change replaces the source, and its address. */
  readonly collectorId: pulumi.Input<number>;
  /** Name, unique in the collector; up to 128 characters. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description?: pulumi.Input<string>;
  /** What `_sourceCategory` of the messages will be. */
  readonly category?: pulumi.Input<string>;
  /** What `_sourceHost` of the messages will be, unless the sender says so. */
  readonly hostName?: pulumi.Input<string>;
  /** IANA time zone of time stamps without one. Default: the collector's. */
  readonly timezone?: pulumi.Input<string>;
  /** Whether `timezone` overrides what a time stamp says. Default false. */
  readonly forceTimezone?: pulumi.Input<boolean>;
  /** Whether time stamps are read from the messages. Default true. */
  readonly automaticDateParsing?: pulumi.Input<boolean>;
  readonly defaultDateFormats?: pulumi.Input<pulumi.Input<HttpSourceDateFormat>[]>;
  /** Whether lines are put together to messages. Default true; for one message a line, false. */
  readonly multilineProcessingEnabled?: pulumi.Input<boolean>;
  /** Whether the beginning of a message is guessed; else `manualPrefixRegexp` says it. Default true. */
  readonly useAutolineMatching?: pulumi.Input<boolean>;
  readonly manualPrefixRegexp?: pulumi.Input<string>;
  /** `Otlp` for OpenTelemetry; leave it out for plain logs and metrics. */
  readonly contentType?: pulumi.Input<string>;
  /** Whether each request is one message. Default false. */
  readonly messagePerRequest?: pulumi.Input<boolean>;
  readonly filters?: pulumi.Input<pulumi.Input<HttpSourceFilter>[]>;
  /** Metadata added to everything taken in; a key that is no declared `Field` is dropped. */
  readonly fields?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface HttpSourceDateFormat {
  /** Pattern of the time stamp, e.g. `yyyy-MM-dd HH:mm:ss`. */
  readonly format: pulumi.Input<string>;
  /** Regular expression that finds it. */
  readonly locator?: pulumi.Input<string>;
}

export interface HttpSourceFilter {
  readonly name: pulumi.Input<string>;
  readonly filterType: pulumi.Input<"Exclude" | "Include" | "Hash" | "Mask" | "Forward">;
  readonly regexp: pulumi.Input<string>;
  /** What replaces the match, with `Mask`. */
  readonly mask?: pulumi.Input<string>;
}
