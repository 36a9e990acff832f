import type { Live, Server } from "../../live";
import type { Load } from "../load";

/** Where a fault happens. */
export interface Place {
  readonly live: Live;
  readonly load: Load;
  /** A server that is not the only one to take writes. */
  readonly victim: Server;
  /** The database server that takes writes. */
  readonly writer: Server;
}

/** Something that goes wrong, and the monitors that are there for it. */
export interface Fault {
  readonly name: string;
  /** All of them fire, and no others. */
  readonly fires: readonly string[];
  /** May fire too, as the fault lasts or a server returns. */
  readonly mayFire?: readonly string[];
  /** After it is mended all of them have resolved within so many minutes. @default 15 */
  readonly minutesToResolve?: number;
  harm(place: Place): Promise<unknown>;
  heal(place: Place): Promise<unknown>;
}

const shell =
  (whom: "victim" | "writer", script: string) =>
  ({ live: { nodes }, ...place }: Place) =>
    nodes.run(place[whom].name, ["sh", "-euc", script]);

/** Does something again and again, as a unit of its own, until it is told to end. */
const keepOn = (script: string, ...options: string[]) =>
  `touch /run/drill; systemd-run --quiet --collect --unit=drill ${options.join(" ")} sh -c 'while [ -e /run/drill ]; do ${script}; done'`;
const end = "rm /run/drill; while systemctl is-active --quiet drill.service; do sleep 0.1; done";

const sql = (statement: string) => `mariadb --execute="${statement}"`;
const silent = ["agent-silent", "agent-unhealthy"];

export const faults: readonly Fault[] = [
  {
    name: "nginx stopped",
    fires: ["web-nginx-down"],
    harm: shell("victim", "systemctl stop nginx.service"),
    heal: shell("victim", "systemctl start nginx.service"),
  },
  {
    name: "agent killed",
    fires: silent,
    harm: shell(
      "victim",
      "systemctl kill --signal=KILL agent.service; systemctl stop agent.service; systemctl reset-failed agent.service",
    ),
    heal: shell("victim", "systemctl start agent.service"),
  },
  {
    name: "node down",
    fires: [...silent, "database-unacknowledged"],
    mayFire: ["database-lag"],
    harm: ({ live, victim }) => live.nodes.kill(victim.name),
    heal: ({ live, victim }) => live.nodes.start(victim.name),
  },
  {
    name: "no visitors",
    fires: ["web-qps-collapse"],
    harm: async ({ load }) => load.pause(),
    heal: async ({ load }) => load.resume(),
  },
  {
    name: "slow database",
    fires: ["database-slow-queries"],
    harm: shell("writer", keepOn(sql("SELECT SLEEP(1.5)"))),
    heal: shell("writer", end),
  },
  {
    name: "processor pinned",
    fires: ["host-cpu"],
    // What else runs on this machine must not keep it from being busy.
    harm: shell("victim", keepOn(":", "--nice=-20")),
    heal: shell("victim", end),
  },
  {
    name: "certificate near its end",
    fires: ["host-certificate"],
    harm: shell(
      "victim",
      "cp /etc/tls/certificate.pem /run/certificate.pem; openssl req -x509 -newkey ed25519 -noenc -keyout /dev/null -days 2 -subj /CN=drill -out /etc/tls/certificate.pem 2>/dev/null",
    ),
    heal: shell("victim", "cp /run/certificate.pem /etc/tls/certificate.pem"),
  },
  {
    name: "SSH guesses",
    fires: ["host-ssh-guesses"],
    harm: shell(
      "victim",
      keepOn(
        "ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null guess@127.0.0.1",
      ),
    ),
    heal: shell("victim", end),
  },
  {
    name: "disk filled",
    fires: ["host-disk-full"],
    // Of servers that are old enough, and until it has forgotten the half hour.
    mayFire: ["host-disk-forecast"],
    minutesToResolve: 45,
    harm: shell(
      "victim",
      "free=$(df --output=avail -k /srv/database | tail -1); fallocate --length $((free * 97 / 100))K /srv/database/drill",
    ),
    heal: shell("victim", "rm /srv/database/drill"),
  },
  // The last, since the error budget remembers it for hours.
  {
    name: "application answers 500",
    fires: ["web-server-errors"],
    mayFire: ["site-error-budget"],
    // The budget's warning looks back half an hour.
    minutesToResolve: 40,
    harm: shell("writer", sql("ALTER TABLE app.entries RENAME COLUMN body TO hidden")),
    heal: shell("writer", sql("ALTER TABLE app.entries RENAME COLUMN hidden TO body")),
  },
];
