import type { Live } from "../../live";

/**
 * Shortens the servers' own intervals, as the monitors' windows are: those of the probes, of the agent's scrapes, and
 * of what the database service tells.
 */
export async function hasten({ nodes, servers }: Live, timeScale: number): Promise<void> {
  if (timeScale === 1) return;
  await Promise.all(
    servers.map(({ name }) => nodes.run(name, ["sh", "-euc", script, "hasten", ...values(timeScale)])),
  );
}

/** What this machine shows a server of its processors is half a second old, or more where it is busy. */
const shortestScrapeMs = 3000;

const values = (timeScale: number): string[] => [
  String(Math.max(1, Math.round(60 / timeScale))),
  `${Math.max(shortestScrapeMs, Math.round(15_000 / timeScale))}ms`,
];

const script = `
mkdir -p /etc/systemd/system/probes.timer.d
printf '[Timer]\\nOnCalendar=\\nOnCalendar=*:*:0/%s\\nAccuracySec=100ms\\n' "$1" >/etc/systemd/system/probes.timer.d/hasten.conf
sed -i "s/\\"collection_interval\\":\\"15s\\"/\\"collection_interval\\":\\"$2\\"/g" /etc/agent/config.yaml
sed -i "s/^SECONDS_BETWEEN_EVENTS = .*/SECONDS_BETWEEN_EVENTS = $1/" /opt/database-node/main.py
systemctl daemon-reload
systemctl restart probes.timer agent.service database-node.service
`;
