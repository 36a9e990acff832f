import type { Nodes } from "local-cloud/nodes/nodes";
import { findArchive, type Pin } from "./archive";

/**
 * Puts the monitoring agent where the servers of a rehearsal fetch it, and says which one.
 * @param pin what the stack says
 * @returns what they are to fetch; the pin itself, which they then miss, where there is none
 */
export async function provideAgent(nodes: Nodes, pin: Pin, log: (line: string) => void): Promise<Pin> {
  const found = await findArchive(pin, log);
  if (!found) {
    log(
      "The servers have no monitoring agent: it can't be fetched, and Go, which could build it, is missing.",
    );
    return pin;
  }
  const { content, url, sha256 } = found;
  const { hostname, pathname } = new URL(url);
  await nodes.publish(hostname, (request, response) => {
    if (request.url === pathname) response.end(content);
    else response.writeHead(404).end();
  });
  log(
    `The monitoring agent is ${sha256 === pin.sha256 ? "the pinned release" : "one built of its published modules"}.`,
  );
  return { url, sha256 };
}
