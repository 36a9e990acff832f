import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Json, Props } from "../tools/engine/props";

/** A resource as the rules see it, wherever it was registered. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN of the parent; null for the stack itself. */
  readonly parent: string | null;
  /** Whether a provider makes it; components are only what holds others. */
  readonly custom: boolean;
  /** Inputs, or outputs where they are known, in plain: messages may name no value that could be secret. */
  readonly props: Props;
  readonly protect: boolean;
  /** URNs of all that it waits for. */
  readonly dependsOn: readonly string[];
  /** URNs of what each input comes from. */
  readonly from: Readonly<Record<string, readonly string[]>>;
  /** Inputs that are marked secret; undefined where that can't be told: CrossGuard takes the marks off. */
  readonly secrets?: readonly string[];
}

/** Whether only an update will tell the value. */
export const isUnknown = (value: Json | undefined): boolean => value === unknownValue;

/** The resources of a stack. */
export class Resources {
  private readonly byKind: ReadonlyMap<string, readonly Resource[]>;

  constructor(readonly all: readonly Resource[]) {
    const byKind = new Map<string, Resource[]>();
    for (const resource of all) {
      const kind = kindOf(resource.type);
      const known = byKind.get(kind);
      if (known) known.push(resource);
      else byKind.set(kind, [resource]);
    }
    this.byKind = byKind;
  }

  /** Those of the kinds: package and class, such as `digitalocean:Droplet`. */
  of(...kinds: readonly string[]): readonly Resource[] {
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }
}

/** `digitalocean:index/droplet:Droplet` → `digitalocean:Droplet`. */
export function kindOf(type: string): string {
  const parts = type.split(":");
  return `${parts[0]}:${parts.at(-1)}`;
}
