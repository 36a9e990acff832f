import type { Live, Server } from "../../live";
import { until } from "../../shared/until";
import { databases, takes } from "../databases";
import type { Load } from "../load";
import type { Place } from "./faults";

/** Who takes writes, and who is to suffer. @throws where nobody takes writes, or nobody else is there. */
export async function placeOf(live: Live, load: Load): Promise<Place> {
  let writer: Server | undefined;
  await until("No server took writes", 30, async () => {
    for (const server of databases(live)) if (await takes(live, server, "writer")) writer = server;
    return writer !== undefined;
  });
  const victim = live.servers.find((server) => server !== writer);
  if (!writer || !victim) throw new Error("A fault needs a second server.");
  return { live, load, writer, victim };
}
