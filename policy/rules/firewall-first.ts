import { each, type Rule } from "../rule";
import { droplet, firewallsOf } from "../servers";

export const firewallFirst: Rule = {
  name: "firewall-first",
  holds: "A firewall that selects a server is there before the server is.",
  reason: "A server that boots first is open to the world until its firewall follows.",
  fix: "Let the droplet depend on the baseline firewall.",
  check: each(
    droplet,
    (server, resources) =>
      !firewallsOf(server, resources).some(({ urn }) => server.dependsOn.includes(urn)) &&
      "does not wait for any of its firewalls",
  ),
};
