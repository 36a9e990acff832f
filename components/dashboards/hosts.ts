import { type DashboardMaker, logs, metrics } from "./panel";

/** Every server's resources by the USE method: utilization, saturation, errors. */
export const hostsDashboard: DashboardMaker = (data) => {
  const rate = (metric: string, ...selectors: string[]) =>
    `${data.metric(metric, ...selectors)} | rate counter | sum by host.name`;
  return {
    title: "Hosts",
    description: "Utilization, saturation and errors of processors, memory, disks and network, by server.",
    panels: [
      metrics(
        "line",
        "cpu",
        "CPU: utilization",
        `${data.metric("system.cpu.utilization", "state=idle")} | avg by host.name | eval 100 * (1 - _value)`,
        "%",
      ),
      metrics(
        "line",
        "load",
        "CPU: saturation, load of 5 minutes",
        `${data.metric("system.cpu.load_average.5m")} | max by host.name`,
      ),
      metrics(
        "line",
        "memory",
        "Memory: utilization",
        `${data.metric("system.memory.utilization", "state=used")} | max by host.name | eval 100 * _value`,
        "%",
      ),
      metrics(
        "line",
        "paging",
        "Paging: saturation of memory, pages a second from disk",
        rate("system.paging.operations", "type=major"),
      ),
      metrics(
        "line",
        "disk-use",
        "Disk use: utilization, by file system",
        `${data.metric("system.filesystem.utilization")} | max by host.name, mountpoint | eval 100 * _value`,
        "%",
      ),
      metrics(
        "line",
        "disk-time",
        "Disk: time that it was busy",
        `${data.metric("system.disk.io_time")} | rate counter | max by host.name | eval 100 * _value`,
        "%",
      ),
      metrics(
        "line",
        "disk-queue",
        "Disk: saturation, operations that wait",
        `${data.metric("system.disk.pending_operations")} | sum by host.name`,
      ),
      metrics("area", "disk-io", "Disk: bytes a second", rate("system.disk.io"), "B/s"),
      metrics("area", "network-io", "Network: bytes a second", rate("system.network.io"), "B/s"),
      metrics("line", "network-errors", "Network: errors and drops a second", [
        rate("system.network.errors"),
        rate("system.network.dropped"),
      ]),
      logs(
        "table",
        "services",
        "Services: minutes in which they ran, and did not",
        `${data.event("service", "unit", "active")} | if(active = "true", 1, 0) as up | if(active = "true", 0, 1) as down | sum(up) as ran, sum(down) as stopped by _sourceHost, unit | sort by stopped`,
      ),
      logs(
        "table",
        "certificates",
        "Certificates: days left",
        `${data.event("certificate", "path", "days_left")} | min(days_left) as days by _sourceHost, path | sort by days asc`,
      ),
    ],
  };
};
