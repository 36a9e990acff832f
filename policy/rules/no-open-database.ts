import { each, type Rule } from "../rule";
import { admits, firewall, inbound, toWorld } from "../servers";

/** MySQL's own, Galera's, and those of managed databases. */
const databasePorts = [3306, 33060, 4444, 4567, 4568, 25060, 25061];

export const noOpenDatabase: Rule = {
  name: "no-open-database",
  holds: "No port of a database is open to the world.",
  reason: "A database that answers anybody is found within hours, and then a password is all there is.",
  fix: "Let in the app servers by their tag.",
  check: each(firewall, (one) => {
    const world = inbound(one).filter(toWorld);
    const port = databasePorts.find((candidate) => world.some((opening) => admits(opening, candidate)));
    return port !== undefined && `opens the database's port ${port} to the world`;
  }),
};
