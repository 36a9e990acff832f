import { kindOf, type Resource } from "../../../policy/resource";
import type { Stack } from "../../../policy/stack";
import type { Props } from "../../../tools/engine/props";
import type { Mode } from "../../recorder";
import type { Recorded, Shipped } from "./support";

/** One change of a stack. */
export type Change = (before: Recorded) => Recorded;

/** How a rule is proved: it holds in a stack, and every change that breaks it is found. */
export interface Case {
  readonly stack: Shipped;
  /** What makes the stack a good one, where as shipped it is not. */
  readonly given?: Change;
  /** Changes that break the rule, by what they are. */
  readonly broken: Readonly<Record<string, Change>>;
  /** Where the rule can see it. @default in both modes */
  readonly modes?: readonly Mode[];
}

export type Cases = Readonly<Record<string, Case>>;

/** Changes each resource of a kind, or the one with a name. */
export function edit(kind: string, change: (resource: Resource) => Partial<Resource>, name?: string): Change {
  return ({ resources, stack }) => {
    const wanted = (resource: Resource) =>
      kindOf(resource.type) === kind && (name === undefined || resource.name === name);
    if (!resources.some(wanted)) throw new Error(`There is no ${kind} ${name ?? ""} to change.`);
    return {
      resources: resources.map((resource) =>
        wanted(resource) ? { ...resource, ...change(resource) } : resource,
      ),
      stack,
    };
  };
}

/** Sets inputs. */
export const set = (kind: string, props: Props, name?: string): Change =>
  edit(kind, (resource) => ({ props: { ...resource.props, ...props } }), name);

/** Takes all resources of a kind away, or the one with a name. */
export const without = (kind: string, name?: string): Change => {
  return ({ resources, stack }) => ({
    resources: resources.filter(
      (resource) => kindOf(resource.type) !== kind || (name !== undefined && resource.name !== name),
    ),
    stack,
  });
};

/** Adds a resource. */
export const add = (resource: Pick<Resource, "type" | "name" | "props">): Change => {
  return ({ resources, stack }) => ({
    resources: [
      ...resources,
      {
        ...resource,
        urn: `urn:pulumi:test::web-infra::${resource.type}::${resource.name}`,
        parent: null,
        custom: true,
        protect: false,
        dependsOn: [],
        from: {},
        secrets: [],
      },
    ],
    stack,
  });
};

/** Changes what is known of the stack. */
export const facts = (changes: Partial<Stack>): Change => {
  return ({ resources, stack }) => ({ resources, stack: { ...stack, ...changes } });
};
