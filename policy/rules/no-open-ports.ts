import { each, type Rule } from "../rule";
import { firewall, inbound, toWorld } from "../servers";

export const noOpenPorts: Rule = {
  name: "no-open-ports",
  holds: "No server takes connections from the world: visitors come through the balancer.",
  reason: "What reaches a server directly passes by the balancer's TLS, its limits and its checks.",
  fix: "Let in the balancer by its id, and peers by their tags.",
  check: each(firewall, (one) => {
    const open = inbound(one).find((opening) => opening.protocol !== "icmp" && toWorld(opening));
    return open && `opens ${open.protocol} ${open.ports.join("-")} to the world`;
  }),
};
