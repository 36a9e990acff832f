import type { Alias as AliasRequest } from "@pulumi/pulumi/proto/alias_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import {
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";
import { getProject, getStack } from "@pulumi/pulumi/runtime/settings";
import { type Json, object, type Props, text } from "./props";

/** What the program asks the engine for: one resource or component. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** Whether a provider makes it; components are only what holds others. */
  readonly custom: boolean;
  /** The inputs as the SDK sends them: secrets wrapped, what is not known yet as a mark. See `plain` and `shown`. */
  readonly inputs: Props;
  /** Outputs that are secret though no input says so. */
  readonly secretOutputs: readonly string[];
  readonly dependsOn: readonly string[];
  /** URNs of what each input comes from. */
  readonly inputsFrom: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  /** Properties that replace it though its provider could change them. */
  readonly replaceOnChanges: readonly string[];
  /** Whether the old one goes first when it is replaced; null where the program leaves that to the provider. */
  readonly deleteBeforeReplace: boolean | null;
  /** Other names it had, as the program says it. */
  readonly aliases: readonly Alias[];
  /** URN and id of the provider resource to use; empty for the default one. */
  readonly provider: string;
}

/** A name that a resource had; what is not given is as it is now. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      /** URN; null for none. */
      readonly parent?: string | null;
    };

export const stackType = "pulumi:pulumi:Stack";

/** A URN as the real engine makes it; `parent` is the parent's, empty for none. */
export function urnOf(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent.split("::")[2] ?? "";
  const chain = parentType === "" || parentType === stackType ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${chain}${type}::${name}`;
}

/** Reads a request of the SDK. The mock runtime's own URNs leave out all but the nearest parent; these do not. */
export function registration(request: RegisterResourceRequest): Registration {
  const parent = request.getParent();
  const { type, name } = { type: request.getType(), name: request.getName() };
  const inputsFrom: Record<string, readonly string[]> = {};
  request.getPropertydependenciesMap().forEach((from, input) => {
    inputsFrom[input] = from.getUrnsList();
  });
  return {
    urn: urnOf(getStack(), getProject(), parent, type, name),
    type,
    name,
    parent: parent === "" ? null : parent,
    custom: request.getCustom(),
    inputs: request.getObject()?.toJavaScript() as Props,
    secretOutputs: request.getAdditionalsecretoutputsList(),
    dependsOn: request.getDependenciesList(),
    inputsFrom,
    protect: request.getProtect() ?? false,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : null,
    aliases: request.getAliasesList().map(alias),
    provider: request.getProvider(),
  };
}

function alias(given: AliasRequest): Alias {
  const spec = given.getSpec();
  if (spec === undefined) return { urn: given.getUrn() };
  const parent = spec.getNoparent() ? null : spec.getParenturn() || undefined;
  return {
    ...(spec.getName() && { name: spec.getName() }),
    ...(spec.getType() && { type: spec.getType() }),
    ...(spec.getStack() && { stack: spec.getStack() }),
    ...(spec.getProject() && { project: spec.getProject() }),
    ...(parent !== undefined && { parent }),
  };
}

/** The value marked as secret, as the SDK does. */
export function secret(value: Json): Props {
  return { [specialSigKey]: specialSecretSig, value };
}

export function isSecret(value: Json | undefined): boolean {
  return object(value)[specialSigKey] === specialSecretSig;
}

/** The outputs with those marked secret that come from secret inputs or are secret by themselves. */
export function hidden(outputs: Props, { inputs, secretOutputs }: Registration): Props {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      secretOutputs.includes(key) || isSecret(inputs[key]) ? secret(value) : value,
    ]),
  );
}

/** The value itself, without marks: secrets in plain, a resource as its id. For providers only, never for display. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const mark = value[specialSigKey];
  if (mark === specialSecretSig) return plain(value.value ?? null);
  if (mark === specialResourceSig) return text(value.id ?? value.urn);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The value as people may see it: `[secret]` for secrets, `[unknown]` for what only an update will tell. */
export function shown(value: Json): Json {
  if (value === unknownValue) return "[unknown]";
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value !== "object") return value;
  if (isSecret(value)) return "[secret]";
  if (value[specialSigKey] === specialResourceSig) return text(value.urn);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]));
}
