import { each, type Rule } from "../rule";
import { admits, droplet, firewallsOf, inbound, tagOf, tags } from "../servers";

const galera = 4567;

export const databaseWriters: Rule = {
  name: "database-writers",
  holds: "Where servers run the database, each of them takes writes: they let in Galera's port.",
  reason: "With one writer, its loss stops every order and login until a replica is promoted.",
  fix: "Set database.mode to cluster, or to managed.",
  unless: "In development a replica that has to be promoted is good enough.",
  check: each(droplet, (server, resources, stack) => {
    if (!tags(server).includes(tagOf(stack, "db"))) return undefined;
    const isMember = firewallsOf(server, resources)
      .flatMap(inbound)
      .some((opening) => admits(opening, galera));
    return !isMember && "is no member of a cluster in which every node takes writes";
  }),
};
