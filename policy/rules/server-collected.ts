import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const serverCollected: Rule = {
  name: "server-collected",
  holds: "Every server has a collector with sources in Sumo Logic.",
  reason: "What a server does not send can't be searched once it is gone.",
  fix: "Make a MonitoringCollector for it.",
  check: each(droplet, ({ props }, resources) => {
    const collector = resources.of("sumologic:Collector").find((one) => one.props.name === props.name);
    if (!collector) return "has no collector";
    const sources = resources
      .of("sumologic:HttpSource")
      .filter(({ from }) => from.collectorId?.includes(collector.urn));
    return sources.length === 0 && "has a collector without sources";
  }),
};
