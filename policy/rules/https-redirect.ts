import { each, type Rule } from "../rule";

export const httpsRedirect: Rule = {
  name: "https-redirect",
  holds: "Visitors who come by HTTP are sent to HTTPS.",
  reason: "Old links and typed addresses begin with http; without the redirect they end nowhere.",
  fix: "Set redirectHttpToHttps on the balancer.",
  check: each(
    "digitalocean:LoadBalancer",
    ({ props }) => props.redirectHttpToHttps !== true && "does not send HTTP to HTTPS",
  ),
};
