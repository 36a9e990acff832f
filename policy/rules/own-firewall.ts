import { each, type Rule } from "../rule";
import { droplet, firewallsOf, selects } from "../servers";

export const ownFirewall: Rule = {
  name: "own-firewall",
  holds: "Every server has a firewall of its own.",
  reason: "A firewall shared by servers has to let in what any of them needs, and all of them get it.",
  fix: "Give the server a tag of its own, and a Firewall that selects it.",
  check: each(droplet, (server, resources) => {
    const others = resources.of(droplet).filter(({ urn }) => urn !== server.urn);
    const own = firewallsOf(server, resources).find((one) => !others.some((other) => selects(one, other)));
    return !own && "has no firewall of its own";
  }),
};
