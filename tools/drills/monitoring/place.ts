import type { Live, Server } from "../../live";
import { until } from "../../shared/until";
import type { Load } from "../load";
import type { Place } from "./faults";

const asked = [
  "curl",
  "-sSf",
  "-m",
  "3",
  "--cacert",
  "/etc/tls/authority.pem",
  "https://localhost:9200/writer",
];

/** Who takes writes, and who is to suffer. @throws where nobody takes writes, or nobody else is there. */
export async function placeOf(live: Live, load: Load): Promise<Place> {
  const { nodes, servers } = live;
  let writer: Server | undefined;
  await until("No server took writes", 30, async () => {
    for (const server of servers) {
      const takes = await nodes.run(server.name, asked).then(
        () => true,
        () => false,
      );
      if (takes) writer = server;
    }
    return writer !== undefined;
  });
  const victim = servers.find((server) => server !== writer);
  if (!writer || !victim) throw new Error("A fault needs a second server.");
  return { live, load, writer, victim };
}
