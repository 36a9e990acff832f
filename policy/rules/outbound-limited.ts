import { each, type Rule } from "../rule";
import { firewall, outbound, toWorld } from "../servers";

export const outboundLimited: Rule = {
  name: "outbound-limited",
  holds: "Servers reach the world on single ports only.",
  reason: "Whoever breaks in sends data out and fetches tools on whatever port is open.",
  fix: "Name the ports that are needed, one a rule.",
  check: each(firewall, (one) => {
    const open = outbound(one).find((opening) => toWorld(opening) && opening.ports[0] !== opening.ports[1]);
    return open && `lets servers reach the world by ${open.protocol} on ports ${open.ports.join("-")}`;
  }),
};
