import { list } from "../../tools/engine/props";
import { each, type Rule } from "../rule";

export const maintenanceWindow: Rule = {
  name: "maintenance-window",
  holds: "A managed database has a maintenance window.",
  reason: "DigitalOcean updates it weekly, and without one picks the hour.",
  fix: "Set database.managed.maintenance to a quiet hour.",
  check: each(
    "digitalocean:DatabaseCluster",
    ({ props }) => list(props.maintenanceWindows).length === 0 && "may be restarted at any hour",
  ),
};
