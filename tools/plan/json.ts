import { UNKNOWN_SECRET } from "../../config/secret";
import type { Props } from "../engine/props";
import { shown } from "../engine/registration";
import { countByType } from "../shared/resources";
import type { Review } from "./review";

/** A review for programs. */
export function asJson({ resources, ...review }: Review) {
  return {
    ...review,
    counts: countByType(resources),
    resources: resources.map(({ urn, type, name, parent, custom, protect, inputs }) => {
      return { urn, type, name, parent, custom, protect, inputs: inputsShown(inputs) };
    }),
  };
}

/** User-data carries keys and passwords, whether or not it is marked. */
function inputsShown(inputs: Props): Props {
  const visible = shown(inputs) as Props;
  return "userData" in visible ? { ...visible, userData: UNKNOWN_SECRET } : visible;
}
