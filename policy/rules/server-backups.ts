import { each, type Rule } from "../rule";
import { droplet } from "../servers";

export const serverBackups: Rule = {
  name: "server-backups",
  holds: "Every server has DigitalOcean's backups.",
  reason:
    "A server is rebuilt from its user-data, but what was written to its disk since comes from a backup or not at all.",
  fix: "Set backups of its pool to weekly or daily.",
  unless: "Where nothing on the servers is missed, rebuilding is cheaper than 20 to 30 % of their price.",
  check: each(droplet, ({ props }) => props.backups !== true && "has no backups"),
};
