import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const metricsAgent: Rule = {
  name: "metrics-agent",
  holds: "Every server has DigitalOcean's metrics agent.",
  reason: "DigitalOcean's own alerts on memory and disk need it, and they work when Sumo Logic does not.",
  fix: "Set monitoring on the droplet.",
  check: each(droplet, ({ props }) => props.monitoring !== true && "has no metrics agent"),
};
