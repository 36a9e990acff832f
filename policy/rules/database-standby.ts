import { each, type Rule } from "../rule";

export const databaseStandby: Rule = {
  name: "database-standby",
  holds: "A managed database has a standby.",
  reason: "Without one, a fault or the weekly maintenance takes the database away for minutes.",
  fix: "Set database.managed.nodes to 2 or 3.",
  check: each(
    "digitalocean:DatabaseCluster",
    ({ props }) => Number(props.nodeCount) < 2 && "is a single node",
  ),
};
