import { each, type Rule } from "../rule";
import { droplet, tagOf, tags } from "../servers";

export const rolesApart: Rule = {
  name: "roles-apart",
  holds: "No server that visitors reach holds the database too.",
  reason:
    "Servers that are all alike fail alike: a fault in the web tier is one next to the data, and neither can grow alone.",
  fix: "Give the role db pools of its own, or set database.mode to managed.",
  unless: "The smallest real shape is three servers alike; it is for learning and development.",
  check: each(droplet, (server, _resources, stack) => {
    const both = ["web", "db"].every((role) => tags(server).includes(tagOf(stack, role)));
    return both && "carries both the web and the database";
  }),
};
