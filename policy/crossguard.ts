import { type PolicyResource, UnknownValueError } from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import type { Json, Props } from "../tools/engine/props";
import type { Resource } from "./resource";

/** What the engine hands to a policy, as the rules take it. It is read when a rule asks: most ask for a few kinds only. */
export function fromEngine(resource: PolicyResource): Resource {
  const { urn, type, name, parent, provider, opts } = resource;
  const props = once(() => known(resource.props));
  const from = once(() =>
    Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([key, sources]) => [key, sources.map(urnOf)]),
    ),
  );
  return {
    urn,
    type,
    name,
    parent: parent?.urn ?? null,
    custom: provider !== undefined,
    protect: opts.protect,
    get props() {
      return props();
    },
    get dependsOn() {
      return resource.dependencies.map(urnOf);
    },
    get from() {
      return from();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const urnOf = ({ urn }: PolicyResource): string => urn;

/** The SDK's objects throw when a value is read that a preview can't know: the mark is put back in its place. */
function known(props: Props): Props {
  return Object.fromEntries(Object.keys(props).map((key) => [key, read(() => props[key] ?? null)]));
}

function read(value: () => Json): Json {
  try {
    const found = value();
    if (Array.isArray(found)) return Array.from(found.keys(), (index) => read(() => found[index] ?? null));
    return found !== null && typeof found === "object" ? known(found) : found;
  } catch (error) {
    if (error instanceof UnknownValueError) return runtime.unknownValue;
    throw error;
  }
}
