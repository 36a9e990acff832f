import type { JournalEvent } from "../../../cloudinit/events";
import { eventAt, journalAt, type Message, type Point, type Request, requestAt } from "./sent";
import type { Watched } from "./watched";

const minute = 60_000;

/** What goes on in a server, minute after minute. */
export interface Activity {
  /** What the timers find, by the name of the event. */
  readonly events: Readonly<Partial<Record<JournalEvent["event"], readonly JournalEvent[]>>>;
  /** Values of metrics, by name and, in brackets, state. */
  readonly gauges: Readonly<Record<string, number>>;
  /** What counters rise by in a minute. */
  readonly counters: Readonly<Record<string, number>>;
  /** Requests of a minute. */
  readonly requests: readonly Request[];
  /** Messages of sshd in a minute. */
  readonly logins: readonly string[];
}

/** Names metrics as `name[dimension=value]`, once for each dimension. */
function named(name: string): Pick<Point, "metric" | "attributes"> {
  const [metric = ""] = name.split("[");
  const attributes = [...name.matchAll(/\[([\w.]+)=([^\]]+)\]/g)].map(([, key = "", value = ""]) => [
    key,
    value,
  ]);
  return { metric, attributes: Object.fromEntries(attributes) };
}

export const healthy: Activity = {
  events: {
    clock: [{ event: "clock", offset_seconds: -0.02, synchronised: true }],
    units: [{ event: "units", failed: [], count: 0 }],
    service: ["nginx.service", "haproxy.service", "app.service", "mariadb.service"].map((unit) => ({
      event: "service",
      unit,
      active: true,
    })),
    agent: [{ event: "agent", healthy: true, memory_bytes: 80e6, cpu_seconds: 100 }],
    filesystem: ["/", "/srv/database"].map((mount) => ({
      event: "filesystem",
      mount,
      read_only: false,
      used_percent: 40,
    })),
    certificate: [{ event: "certificate", path: "/etc/tls/certificate.pem", name: "server", days_left: 200 }],
    backup_age: [{ event: "backup_age", kind: "full", hours: 12 }],
  },
  gauges: {
    "system.cpu.utilization[cpu=cpu0][state=idle]": 0.6,
    "system.cpu.utilization[cpu=cpu1][state=idle]": 0.8,
    "system.cpu.utilization[cpu=cpu0][state=user]": 0.4,
    "system.memory.utilization[state=used]": 0.5,
    "system.memory.utilization[state=free]": 0.5,
    "system.filesystem.utilization[mountpoint=/]": 0.4,
    "system.filesystem.utilization[mountpoint=/srv/database]": 0.2,
    "system.cpu.load_average.5m": 0.5,
    "system.disk.pending_operations[device=vda]": 0,
    "nginx.connections_current[state=active]": 7,
    "mysql.threads[kind=connected]": 12,
  },
  counters: {
    "mysql.query.slow.count": 0,
    "mysql.connection.errors[error=max_connections]": 0,
    "mysql.connection.errors[error=aborted]": 0,
    "mysql.connection.errors[error=aborted_clients]": 1,
    "mysql.uptime": 60,
    "mysql.query.count": 600,
    "mysql.commands[command=select]": 480,
    "mysql.buffer_pool.operations[operation=read_requests]": 6000,
    "mysql.buffer_pool.operations[operation=reads]": 6,
    "system.paging.operations[direction=page_in][type=major]": 0,
    "system.disk.io_time[device=vda]": 6,
    "system.disk.io[device=vda][direction=write]": 6000,
    "system.network.io[device=eth0][direction=receive]": 60_000,
    "system.network.errors[device=eth0][direction=receive]": 0,
    "system.network.dropped[device=eth0][direction=receive]": 0,
  },
  requests: Array.from({ length: 15 }, () => ({})),
  logins: ["Connection closed by authenticating user admin 198.51.100.7 port 4711 [preauth]"],
};

/** The activity with some of it replaced. */
export const changed = (change: Partial<Activity>, activity = healthy): Activity => ({
  ...activity,
  ...change,
  events: { ...activity.events, ...change.events },
  gauges: { ...activity.gauges, ...change.gauges },
  counters: { ...activity.counters, ...change.counters },
});

/** A server of the stack, whose agent sends what goes on there. */
export class Server {
  private readonly totals = new Map<string, number>();

  constructor(
    private readonly watched: Watched,
    readonly host: string,
  ) {}

  /** Sends the minutes from `from` up to `to`. */
  async live(
    { events, gauges, counters, requests, logins }: Activity,
    from: number,
    to: number,
  ): Promise<void> {
    const system: Message[] = [];
    const access: Message[] = [];
    const points: Point[] = [];
    for (let start = from; start < to; start += minute) {
      for (const event of Object.values(events).flat()) system.push(eventAt(start + 20_000, event));
      for (const message of logins) system.push(journalAt(start + 30_000, "sshd", message, "ssh.service"));
      for (const [index, request] of requests.entries())
        access.push(requestAt(start + (index * minute) / requests.length, request));
      for (let time = start; time < start + minute; time += minute / 4) {
        for (const [name, value] of Object.entries(gauges)) points.push({ ...named(name), time, value });
        for (const [name, rise] of Object.entries(counters))
          points.push({ ...named(name), time, value: this.total(name, rise / 4), counter: true });
      }
    }
    await Promise.all([
      system.length > 0 && this.watched.log(this.host, "system", system),
      access.length > 0 && this.watched.log(this.host, "nginx-access", access),
      points.length > 0 && this.watched.measure(this.host, points),
    ]);
  }

  private total(counter: string, rise: number): number {
    const total = (this.totals.get(counter) ?? 0) + rise;
    this.totals.set(counter, total);
    return total;
  }
}
