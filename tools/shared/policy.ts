import type { Resource } from "../../policy/resource";
import type { Props } from "../engine/props";
import { isSecret, plain, type Registration } from "../engine/registration";

/** A registered resource as policies and prices take it. */
export function asPolicyResource(registration: Registration): Resource {
  const { urn, type, name, parent, custom, inputs, protect, dependsOn, inputsFrom } = registration;
  return {
    urn,
    type,
    name,
    parent,
    custom,
    props: plain(inputs) as Props,
    protect,
    dependsOn,
    from: inputsFrom,
    secrets: Object.keys(inputs).filter((key) => isSecret(inputs[key])),
  };
}
