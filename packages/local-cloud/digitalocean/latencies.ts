import type { LatencyTable } from "../core/latency";

/** How long DigitalOcean takes, in milliseconds. */
export const latencies: LatencyTable = {
  droplet: [25_000, 60_000],
  "droplet delete": [2_000, 8_000],
  power: [5_000, 12_000],
  resize: [30_000, 60_000],
  snapshot: [30_000, 90_000],
  action: [2_000, 6_000],
  firewall: [2_000, 5_000],
  balancer: [60_000, 180_000],
  "balancer update": [10_000, 25_000],
  certificate: [12_000, 18_000],
  database: [300_000, 600_000],
  "database change": [120_000, 300_000],
  replica: [240_000, 480_000],
  autoscale: [5_000, 10_000],
  gateway: [60_000, 120_000],
};
