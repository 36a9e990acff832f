import { type Role, roles } from "../../config/schema";
import type { MonitoringData } from "../monitoring-data";
import type { Stack } from "../stack";
import type { LogMonitor, MonitorList } from "./monitor";

/** Services that have a monitor of their own, by the role that needs them. */
const main: Readonly<Record<Role, { readonly name: string; readonly unit: string }>> = {
  web: { name: "web-nginx-down", unit: "nginx.service" },
  app: { name: "app-down", unit: "app.service" },
  db: { name: "database-down", unit: "mariadb.service" },
};

/** Monitors of the services that the servers' roles need, by what each server's timer finds. */
export const serviceMonitors: MonitorList = (stack, data) => {
  const units = Object.values(main).map(({ unit }) => `"${unit}"`);
  return [
    ...rolesRun(stack).map((role) => {
      const { name, unit } = main[role];
      return down(stack, data, name, `${unit} was not running`, `unit = "${unit}"`);
    }),
    down(
      stack,
      data,
      "host-service-down",
      "another service that the server needs was not running",
      `!(unit in (${units.join(", ")}))`,
    ),
  ];
};

const rolesRun = ({ nodes }: Stack): Role[] =>
  roles.filter((role) => nodes.some((node) => node.roles.includes(role)));

/** The minutes of the window in which a service that the condition holds for was not active. */
const down = (
  { settings }: Stack,
  data: MonitoringData,
  name: string,
  what: string,
  condition: string,
): LogMonitor => ({
  signal: "logs",
  of: "server",
  window: "5m",
  name,
  measures: `Minutes of the last five in which ${what}`,
  query: `${data.event("service", "unit", "active")} | where ${condition} | if(active = "true", 0, 1) as down | sum(down) as minutes by _sourceHost, unit`,
  field: "minutes",
  limits: settings.monitoring.thresholds.downMinutes,
});
