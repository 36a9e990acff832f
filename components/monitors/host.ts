import type { MonitorList } from "./monitor";

/** Monitors of every server's processors, memory, disks, clock, units, certificates and logins. */
export const hostMonitors: MonitorList = ({ settings }, data) => {
  const { thresholds } = settings.monitoring;
  const metrics = { signal: "metrics", of: "server", window: "5m" } as const;
  const logs = { signal: "logs", of: "server", window: "5m" } as const;
  return [
    {
      ...metrics,
      name: "host-cpu",
      measures: "CPU use, mean of five minutes, in percent",
      queries: [
        `${data.metric("system.cpu.utilization", "state=idle")} | avg by host.name | eval 100 * (1 - avg)`,
      ],
      limits: thresholds.cpuPercent,
    },
    {
      ...metrics,
      name: "host-memory",
      measures: "Memory use, mean of five minutes, in percent",
      queries: [
        `${data.metric("system.memory.utilization", "state=used")} | avg by host.name | eval 100 * avg`,
      ],
      limits: thresholds.memoryPercent,
    },
    {
      ...metrics,
      name: "host-disk-full",
      measures: "Use of the fullest file system, in percent",
      queries: [`${data.metric("system.filesystem.utilization")} | max by host.name | eval 100 * latest`],
      limits: thresholds.diskPercent,
    },
    {
      ...logs,
      name: "host-disk-forecast",
      window: "360m",
      measures:
        "Use of the fastest growing file system in 24 hours, in percent, if it goes on as in the last 6",
      // The means of the first half hour and of the last lie 5.5 hours apart.
      query: `${data.event("filesystem", "mount", "used_percent")} | 12 * (queryEndTime() - _messageTime) / queryTimeRange() as age | if(age > 11, 1, 0) as early | if(age < 1, 1, 0) as late | early * used_percent as early_used | late * used_percent as late_used | sum(early) as early, sum(late) as late, sum(early_used) as early_used, sum(late_used) as late_used by _sourceHost, mount | where early > 0 and late > 0 | late_used / late as now | now + (now - early_used / early) * 24 / 5.5 as percent | max(percent) as percent by _sourceHost`,
      field: "percent",
      limits: thresholds.diskForecastPercent,
    },
    {
      ...logs,
      name: "host-read-only",
      measures: "Minutes of the last five in which a file system that should be writable was not",
      query: `${data.event("filesystem", "mount", "read_only")} | if(read_only = "true", 1, 0) as read_only | sum(read_only) as minutes by _sourceHost, mount`,
      field: "minutes",
      limits: thresholds.downMinutes,
    },
    {
      ...logs,
      name: "host-clock",
      measures:
        "How far the clock is off, in seconds; no less than what warns once its sources are lost for three minutes",
      query: `${data.event("clock", "offset_seconds", "synchronised")} | abs(offset_seconds) as seconds | if(synchronised = "false", 1, 0) as lost | max(seconds) as seconds, sum(lost) as lost by _sourceHost | if(lost >= 3 and seconds < ${thresholds.clockSeconds.warning}, ${thresholds.clockSeconds.warning}, seconds) as seconds`,
      field: "seconds",
      limits: thresholds.clockSeconds,
    },
    {
      ...logs,
      name: "host-unit-failed",
      measures: "Units of systemd that have failed",
      query: `${data.event("units", "count")} | max(count) as units by _sourceHost`,
      field: "units",
      limits: thresholds.failedUnits,
    },
    {
      ...logs,
      name: "host-certificate",
      measures: "Days that the first of the server's certificates to end is still valid",
      query: `${data.event("certificate", "days_left")} | min(days_left) as days by _sourceHost`,
      field: "days",
      falling: true,
      limits: thresholds.certificateDays,
    },
    {
      ...logs,
      name: "host-ssh-guesses",
      measures: "Failed SSH logins in five minutes",
      query: `${data.journal("system", "preauth")} | where program matches "sshd*" | parse regex field=message "(?:invalid|authenticating) user (?<user>\\S*) (?<client>\\S+) port" | count as guesses by _sourceHost`,
      field: "guesses",
      limits: thresholds.sshGuesses,
    },
  ];
};
