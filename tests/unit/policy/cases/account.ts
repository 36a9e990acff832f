import { add, type Cases, edit, facts, set, without } from "../changes";

const droplet = "digitalocean:Droplet";
const project = "digitalocean:ProjectResources";

export const account: Cases = {
  tagged: {
    stack: "prod",
    broken: {
      "a server without the stack's tag": set(droplet, { tags: ["web-infra:prod:web"] }, "web-1-droplet"),
      "a database of another stack": set("digitalocean:DatabaseCluster", { tags: ["web-infra:staging"] }),
    },
  },
  "in-project": {
    stack: "prod",
    broken: {
      "no project": without(project),
      "a bucket outside": add({
        type: "digitalocean:index/spacesBucket:SpacesBucket",
        name: "database-backups",
        props: { name: "web-infra-prod-backups" },
      }),
      "a balancer outside": edit("digitalocean:LoadBalancer", () => ({ from: {} })),
      "a server that was left out": edit(project, ({ from }) => ({
        from: {
          ...from,
          resources: (from.resources ?? []).filter((urn) => !urn.endsWith("::web-2-droplet")),
        },
      })),
    },
  },
  "one-region": {
    stack: "prod",
    broken: {
      "a server elsewhere": set(droplet, { region: "fra1" }, "web-1-droplet"),
      "a network elsewhere": set("digitalocean:Vpc", { region: "fra1" }),
    },
  },
  "names-agreed": {
    stack: "prod",
    broken: {
      "a server without its stack": set(droplet, { name: "web-1" }, "web-1-droplet"),
      "a tag of another stack": set("digitalocean:Tag", { name: "web-infra:dev:web" }, "network-tag-web"),
      "a tag of a neighbour": set("digitalocean:Tag", { name: "web-infra:prod2:web" }, "network-tag-web"),
      "a balancer of a neighbour": set("digitalocean:LoadBalancer", { name: "web-infra-prod2" }),
      "a balancer of another project": set("digitalocean:LoadBalancer", { name: "shop-prod" }),
    },
  },
  "cost-within-budget": {
    stack: "prod",
    broken: {
      "a budget too small": facts({ budgetUsd: 300 }),
      "a server whose price nobody knows": set(droplet, { size: "s-9vcpu-9gb" }, "web-1-droplet"),
      "another server too dear": add({
        type: "digitalocean:index/droplet:Droplet",
        name: "app-4-droplet",
        props: { size: "s-8vcpu-16gb" },
      }),
    },
  },
  "exemptions-current": {
    stack: "prod",
    given: facts({
      exemptions: [
        { rule: "tagged", stack: "prod", reason: "Until the move is over.", expires: "2026-06-01" },
      ],
    }),
    broken: {
      "an exemption that expired yesterday": facts({
        exemptions: [
          { rule: "tagged", stack: "prod", reason: "Until the move is over.", expires: "2026-05-31" },
        ],
      }),
    },
  },
};
