import { each, type Rule } from "../rule";

const held = ["Droplet", "LoadBalancer", "DatabaseCluster", "Volume", "SpacesBucket", "Domain"].map(
  (kind) => `digitalocean:${kind}`,
);

export const inProject: Rule = {
  name: "in-project",
  holds: "Everything that DigitalOcean's projects can hold is in the stack's project.",
  reason: "What is in none lands in the account's default project, where nobody knows whose it is.",
  fix: "Let the StackProject hold its DigitalOcean URN; a balancer takes the projectId itself.",
  check: each(held, ({ urn, from }, resources) => {
    const projects = resources.of("digitalocean:Project", "digitalocean:ProjectResources");
    const inside = projects.some(
      (project) => project.from.resources?.includes(urn) || from.projectId?.includes(project.urn),
    );
    return !inside && "is in no project of the stack";
  }),
};
