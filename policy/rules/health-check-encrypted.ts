import { object, text } from "../../tools/engine/props";
import { each, type Rule } from "../rule";

export const healthCheckEncrypted: Rule = {
  name: "health-check-encrypted",
  holds: "The balancer checks a path of each server over HTTPS.",
  reason: "A check of the bare port keeps a server in service whose application or certificate is broken.",
  fix: "Give the balancer's healthcheck the protocol https and a path.",
  check: each("digitalocean:LoadBalancer", ({ props }) => {
    const { protocol, path } = object(props.healthcheck);
    if (protocol !== "https") return `checks its servers by ${text(protocol) || "the provider's default"}`;
    return text(path) === "" && "checks no path of its servers";
  }),
};
