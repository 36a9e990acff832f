import { list } from "../../tools/engine/props";
import type { Rule } from "../rule";

export const alertsHeard: Rule = {
  name: "alerts-heard",
  holds: "The monitors tell somebody.",
  reason: "An alert that nobody gets is none.",
  fix: "Name somebody in monitoring.notifications: email, slack, pagerduty or webhook.",
  unless: "Whom to wake is not the program's to know: the shipped stacks name nobody.",
  adviceOnly: true,
  check: (resources) => {
    const monitors = resources.of("sumologic:Monitor");
    const heard = monitors.some(({ props }) => list(props.notifications).length > 0);
    return heard ? [] : [{ message: `has ${monitors.length} monitors that tell nobody` }];
  },
};
