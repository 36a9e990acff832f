import { each, type Rule } from "../rule";
import { droplet, firewallsOf } from "../servers";

export const serverFirewalled: Rule = {
  name: "server-firewalled",
  holds: "No server is outside a firewall.",
  reason: "A server that no firewall selects is open on every port.",
  fix: "Give the server the tag of the stack, which the baseline firewall selects.",
  check: each(
    droplet,
    (server, resources) => firewallsOf(server, resources).length === 0 && "is outside every firewall",
  ),
};
