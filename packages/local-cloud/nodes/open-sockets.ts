import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Endpoint } from "./sockets";

/** Run inside a network: opens the sockets it is given and hands them to its parent, in that order. */
async function main(endpoints: readonly Endpoint[]): Promise<void> {
  for (const { transport, address, port } of endpoints) {
    if (transport === "tcp") {
      const server = createServer().listen({ host: address, port });
      await once(server, "listening");
      await hand(server);
      server.close();
    } else {
      const socket = createSocket("udp4").bind(port, address);
      await once(socket, "listening");
      await hand(socket);
      socket.close();
    }
  }
  process.disconnect();
}

function hand(handle: ReturnType<typeof createServer> | ReturnType<typeof createSocket>): Promise<void> {
  return new Promise((resolve, reject) =>
    process.send?.("open", handle, undefined, (error) => (error ? reject(error) : resolve())),
  );
}

void main(JSON.parse(process.argv[2] ?? "[]"));
