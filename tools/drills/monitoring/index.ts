import { until } from "../../shared/until";
import { delivery } from "./delivery";
import type { MonitoringDrill, Watched } from "./drill";
import { monitors } from "./monitors";
import { qps } from "./qps";

/** All drills of the monitoring, by name. */
export const monitoringDrills: ReadonlyMap<string, MonitoringDrill> = new Map(
  [qps, delivery, monitors].map((drill) => [drill.name, drill]),
);

/** @throws where a server has no agent that runs: what the drill is about would be missing. */
export async function agentsRun({ live: { nodes, servers }, signal }: Watched): Promise<void> {
  for (const { name } of servers) {
    const isHealthy = () => nodes.run(name, ["curl", "-sSf", "-o", "/dev/null", "http://127.0.0.1:13133/"]);
    await until(
      `The monitoring agent of ${name} did not run`,
      60,
      () => isHealthy().then(() => true),
      signal,
    );
  }
}
