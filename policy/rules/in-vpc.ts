import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";

export const inVpc: Rule = {
  name: "in-vpc",
  holds: "Servers, the balancer and the database are in a private network that the stack names.",
  reason: "Without one they land in the region's default network, next to everything else in the account.",
  fix: "Set vpcUuid (of a database privateNetworkUuid) to the stack's VPC.",
  check: each(
    ["digitalocean:Droplet", "digitalocean:LoadBalancer", "digitalocean:DatabaseCluster"],
    ({ props, from }) => {
      const named = ["vpcUuid", "privateNetworkUuid"].some(
        (key) => (from[key] ?? []).length > 0 || (text(props[key]) !== "" && !isUnknown(props[key])),
      );
      return !named && "is in no network of the stack";
    },
  ),
};
