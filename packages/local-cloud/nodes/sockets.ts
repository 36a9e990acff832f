import { spawn } from "node:child_process";
import type { Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { join } from "node:path";
import type { Enclosure } from "./enclosure";
import { environment } from "./exec";

export interface Endpoint {
  readonly transport: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
}

/**
 * Opens listening sockets in the enclosure's network and brings them into this process: a short-lived child
 * enters the network, opens them and hands them over.
 */
export async function openSockets(
  enclosure: Enclosure,
  endpoints: readonly Endpoint[],
): Promise<(Server | UdpSocket)[]> {
  const argv = [
    process.execPath,
    "--require",
    require.resolve("tsx/cjs"),
    program,
    JSON.stringify(endpoints),
  ];
  const child = spawn("nsenter", ["-t", `${enclosure.pid}`, "-n", "--", ...argv], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: environment,
  });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  const opened: (Server | UdpSocket)[] = [];
  child.on("message", (_, handle) => opened.push(handle as Server | UdpSocket));
  await once(child, "close");
  if (opened.length < endpoints.length)
    throw new Error(`The network's own services can't listen: ${said.trim()}`);
  return opened;
}

/**
 * Lets a server answer the connections that arrive at a socket.
 * @returns what ends the socket and every connection, whatever state it is in: a machine that was killed never
 * finishes its handshake.
 */
export function answerAt(socket: Server, server: Server): () => void {
  const open = new Set<Socket>();
  socket.on("connection", (connection) => {
    open.add(connection);
    connection.once("close", () => open.delete(connection));
    server.emit("connection", connection);
  });
  return () => {
    socket.close();
    for (const connection of open) connection.destroy();
  };
}

const program = join(__dirname, "open-sockets.ts");
