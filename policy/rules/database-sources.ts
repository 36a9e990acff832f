import { list, object, text } from "../../tools/engine/props";
import { each, type Rule } from "../rule";
import { isWorld } from "../servers";

export const databaseSources: Rule = {
  name: "database-sources",
  holds: "A managed database lets in named sources only.",
  reason: "Without trusted sources a managed database answers anybody on the internet.",
  fix: "Give it a DatabaseFirewall with the app servers' tag.",
  check: each("digitalocean:DatabaseCluster", ({ urn }, resources) => {
    const rules = resources
      .of("digitalocean:DatabaseFirewall")
      .filter(({ from }) => from.clusterId?.includes(urn))
      .flatMap(({ props }) => list(props.rules).map(object));
    if (rules.length === 0) return "has no trusted sources";
    return rules.some(({ type, value }) => type === "ip_addr" && isWorld(text(value))) && "trusts the world";
  }),
};
