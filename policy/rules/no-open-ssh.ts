import { each, type Rule } from "../rule";
import { admits, firewall, inbound, toWorld } from "../servers";

export const noOpenSsh: Rule = {
  name: "no-open-ssh",
  holds: "SSH is open to nobody but the admins.",
  reason: "An open SSH port is tried around the clock; one leaked key or one flaw is enough.",
  fix: "Name the admins' own ranges in access.adminCidrs.",
  check: each(
    firewall,
    (one) =>
      inbound(one).some((opening) => admits(opening, 22) && toWorld(opening)) && "opens SSH to the world",
  ),
};
