import { list, text } from "../../../../tools/engine/props";
import { add, type Cases, edit, set, without } from "../changes";

const droplet = "digitalocean:Droplet";
const cluster = "digitalocean:DatabaseCluster";

export const availability: Cases = {
  "balancer-units": {
    stack: "prod",
    broken: {
      "one unit": set("digitalocean:LoadBalancer", { sizeUnit: 1 }),
      "the provider's default": set("digitalocean:LoadBalancer", { sizeUnit: null }),
    },
  },
  "servers-per-role": {
    stack: "prod",
    broken: {
      "the second web server gone": without(droplet, "web-2-droplet"),
      "no database of any kind": without(cluster),
    },
  },
  "roles-apart": {
    stack: "staging",
    broken: {
      "a database server that visitors reach": edit(
        droplet,
        ({ props }) => ({ props: { ...props, tags: [...list(props.tags), "web-infra:staging:web"] } }),
        "db-1-droplet",
      ),
    },
  },
  "database-standby": { stack: "prod", broken: { "a single node": set(cluster, { nodeCount: 1 }) } },
  "database-writers": {
    stack: "staging",
    broken: {
      "a database server outside the cluster": edit(
        "digitalocean:Firewall",
        ({ props }) => ({
          props: {
            ...props,
            inboundRules: list(props.inboundRules).filter(
              (rule) => !text(JSON.stringify(rule)).includes("4567"),
            ),
          },
        }),
        "firewall-db-3",
      ),
    },
  },
  "maintenance-window": {
    stack: "prod",
    broken: { "no window": set(cluster, { maintenanceWindows: null }) },
  },
  "server-backups": {
    stack: "prod",
    broken: {
      "backups off": set(droplet, { backups: false }, "app-2-droplet"),
      "backups left to the provider": set(droplet, { backups: null }, "app-2-droplet"),
    },
  },
  "data-backups": {
    stack: "prod",
    broken: {
      "data on a volume": add({
        type: "digitalocean:index/volume:Volume",
        name: "app-1-volume",
        props: { name: "prod-app-1-data", region: "nyc3", size: 10 },
      }),
    },
  },
  "data-protected": {
    stack: "prod",
    broken: {
      "a cluster without protection": edit(cluster, () => ({ protect: false })),
      "a database without protection": edit("digitalocean:DatabaseDb", () => ({ protect: false })),
      "a volume without protection": add({
        type: "digitalocean:index/volume:Volume",
        name: "app-1-volume",
        props: { name: "prod-app-1-data", region: "nyc3", size: 10 },
      }),
    },
  },
};
