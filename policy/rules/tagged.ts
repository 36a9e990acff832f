import { each, type Rule } from "../rule";
import { tagOf, tags } from "../servers";

export const tagged: Rule = {
  name: "tagged",
  holds: "Servers and databases carry the stack's tag.",
  reason: "Firewalls and alerts select by it, bills are told apart by it, and leftovers are found by it.",
  fix: "Give it the tag <project>:<stack>.",
  check: each(["digitalocean:Droplet", "digitalocean:DatabaseCluster"], (resource, _resources, stack) => {
    return !tags(resource).includes(tagOf(stack)) && `does not carry the tag ${tagOf(stack)}`;
  }),
};
