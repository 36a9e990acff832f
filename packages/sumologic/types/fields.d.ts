import type * as pulumi from "@pulumi/pulumi";

/** A metadata field. An account has each only once. */
export declare class Field extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/field:Field";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<FieldArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Field;
  static isInstance(obj: unknown): obj is Field;
  constructor(name: string, args: FieldArgs, opts?: pulumi.CustomResourceOptions);
  readonly fieldId: pulumi.Output<string>;
  readonly fieldName: pulumi.Output<string>;
  readonly dataType: pulumi.Output<string | undefined>;
  readonly state: pulumi.Output<string | undefined>;
}

export interface FieldArgs {
  /** Name; stays as it is. A change replaces the field. */
  readonly fieldName: pulumi.Input<string>;
  /** Set it, or what the API puts in shows as a change. A change replaces the field. */
  readonly dataType: pulumi.Input<"String" | "Long" | "Int" | "Double" | "Boolean">;
  /** Set it, or what the API puts in shows as a change. */
  readonly state: pulumi.Input<"Enabled" | "Disabled">;
}

/** A rule that takes fields out of log messages as they come in. Names are unique in the account. */
export declare class FieldExtractionRule extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/fieldExtractionRule:FieldExtractionRule";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<FieldExtractionRuleArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): FieldExtractionRule;
  static isInstance(obj: unknown): obj is FieldExtractionRule;
  constructor(name: string, args: FieldExtractionRuleArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly scope: pulumi.Output<string>;
  readonly parseExpression: pulumi.Output<string>;
  readonly enabled: pulumi.Output<boolean>;
}

export interface FieldExtractionRuleArgs {
  /** Name, unique in the account; 1 to 256 characters. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  /** The messages it applies to, e.g. `_sourceCategory=prod/nginx/access`. */
  readonly scope: pulumi.Input<string>;
  /**
   * Parsing operators, e.g. `json "status" as status`. The API adds the fields they make to the account and
   * leaves them there when the rule goes: declare each as a `Field`, and let the rule depend on it.
   */
  readonly parseExpression: pulumi.Input<string>;
  readonly enabled: pulumi.Input<boolean>;
}
