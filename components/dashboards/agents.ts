import { type DashboardMaker, logs, over } from "./panel";

/** The monitoring itself: what the agents send, how late, and what they cost. */
export const agentsDashboard: DashboardMaker = (data) => {
  const all = data.all();
  return {
    title: "Agents",
    description: "What the servers' agents send, how late it comes, and what they use.",
    panels: [
      logs(
        "table",
        "silence",
        "Seconds since the last message, by server",
        `${all} | max(_messageTime) as latest by _sourceHost | (queryEndTime() - latest) / 1000 as seconds | fields _sourceHost, seconds | sort by seconds`,
      ),
      logs(
        "line",
        "delay",
        "How late messages come: mean of a minute, by server",
        `${all} | (_receiptTime - _messageTime) / 1000 as delay | timeslice 1m | avg(delay) as delay by _timeslice, _sourceHost | ${over("_sourceHost")}`,
        "s",
      ),
      logs(
        "area",
        "messages",
        "Messages a minute, by category",
        `${all} | timeslice 1m | count by _timeslice, _sourceCategory | ${over("_sourceCategory")}`,
      ),
      logs(
        "table",
        "volume",
        "Megabytes of log messages, by server and category",
        `${all} | length(_raw) as size | sum(size) as bytes by _sourceHost, _sourceCategory | bytes / 1000000 as megabytes | fields - bytes | sort by megabytes`,
      ),
      logs(
        "line",
        "memory",
        "Memory of the agents, by server",
        `${data.event("agent", "memory_bytes")} | timeslice 1m | max(memory_bytes) as bytes by _timeslice, _sourceHost | bytes / 1048576 as mebibytes | fields - bytes | ${over("_sourceHost")}`,
        "MiB",
      ),
      logs(
        "line",
        "cpu",
        "CPU of the agents, in percent of one core, by server",
        `${data.event("agent", "cpu_seconds")} | timeslice 5m | max(cpu_seconds) as used, min(cpu_seconds) as before, max(_messageTime) as latest, min(_messageTime) as first by _timeslice, _sourceHost | where latest > first | 100000 * (used - before) / (latest - first) as percent | fields _timeslice, _sourceHost, percent | ${over("_sourceHost")}`,
        "%",
      ),
      logs(
        "table",
        "health",
        "Minutes in which the agent was well, and was not",
        `${data.event("agent", "healthy")} | if(healthy = "true", 1, 0) as up | if(healthy = "true", 0, 1) as down | sum(up) as well, sum(down) as unwell by _sourceHost | sort by unwell`,
      ),
    ],
  };
};
