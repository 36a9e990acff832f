import { each, type Rule } from "../rule";

export const balancerUnits: Rule = {
  name: "balancer-units",
  holds: "The balancer has two units or more.",
  reason:
    "A single one is what all of the site depends on: its loss is an outage until DigitalOcean has made another.",
  fix: "Set loadBalancer.units to 2 or more.",
  unless: "A stack that nobody depends on may do with one, at half the price.",
  check: each("digitalocean:LoadBalancer", ({ props }) => {
    const units = Number(props.sizeUnit ?? 1);
    return units < 2 && `has ${units} unit`;
  }),
};
