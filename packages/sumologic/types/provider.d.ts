import type * as pulumi from "@pulumi/pulumi";

/**
 * An explicit provider. Without one, the stack's config configures the default provider
 * (`sumologic:accessId`, `sumologic:accessKey`, `sumologic:baseUrl` or `sumologic:environment`).
 */
export declare class Provider extends pulumi.ProviderResource {
  static isInstance(obj: unknown): obj is Provider;
  constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions);
  readonly accessId: pulumi.Output<string>;
  /** Marked secret. */
  readonly accessKey: pulumi.Output<string>;
  readonly baseUrl: pulumi.Output<string | undefined>;
  readonly environment: pulumi.Output<string | undefined>;
}

export interface ProviderArgs {
  readonly accessId: pulumi.Input<string>;
  /** Kept as a secret. */
  readonly accessKey: pulumi.Input<string>;
  /**
   * Address of the API, ending in `/api/`. Takes precedence over `environment`; without either, the
   * provider asks the public API for the account's deployment.
   */
  readonly baseUrl?: pulumi.Input<string>;
  /** The account's deployment: `us1`, `us2`, `eu`, `de`, `jp`, … */
  readonly environment?: pulumi.Input<string>;
  /** Whether content is managed with an administrator's rights. Default false. */
  readonly adminMode?: pulumi.Input<boolean>;
}
