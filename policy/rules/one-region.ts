import { text } from "../../tools/engine/props";
import { isUnknown } from "../resource";
import { each, type Rule } from "../rule";

const regional = ["Droplet", "LoadBalancer", "DatabaseCluster", "Volume"].map(
  (kind) => `digitalocean:${kind}`,
);

export const oneRegion: Rule = {
  name: "one-region",
  holds: "Everything is in the region of the network.",
  reason: "Private networks, volumes and the balancer's way to the servers end at a region's border.",
  fix: "Set region once, in the stack's settings.",
  check: each(regional, ({ props: { region } }, resources) => {
    const home = resources.of("digitalocean:Vpc").map(({ props }) => text(props.region));
    const away = !isUnknown(region) && home.length > 0 && !home.includes(text(region));
    return away && `is in ${text(region)}, the network in ${home.join(", ")}`;
  }),
};
