import { Socket as UdpSocket } from "node:dgram";
import { createServer, type RequestListener } from "node:http";
import { Server } from "node:net";
import { metadataAddress, mirrorAddress, nameServers, resolvers } from "./addresses";
import { type Knowledge, serveDns } from "./dns";
import type { Enclosure } from "./enclosure";
import { answerAt, type Endpoint, openSockets } from "./sockets";

export interface Services {
  readonly metadata: RequestListener;
  readonly mirror: RequestListener;
  /** What a name server knows now; `resolver`: as seen by the droplets' own resolvers. */
  readonly names: (resolver: boolean) => Knowledge;
}

/** Starts what DigitalOcean's network answers by itself. @returns what ends it. */
export async function serve(
  enclosure: Enclosure,
  { metadata, mirror, names }: Services,
): Promise<() => void> {
  const dnsAddresses = [...resolvers, ...Object.values(nameServers)];
  const endpoints: Endpoint[] = [
    { transport: "tcp", address: metadataAddress, port: 80 },
    { transport: "tcp", address: mirrorAddress, port: 80 },
    ...dnsAddresses.flatMap((address) => [
      { transport: "udp" as const, address, port: 53 },
      { transport: "tcp" as const, address, port: 53 },
    ]),
  ];
  const sockets = await openSockets(enclosure, endpoints);
  const tcp = sockets.filter((socket) => socket instanceof Server);
  const udp = sockets.filter((socket) => socket instanceof UdpSocket);
  const [metadataSocket, mirrorSocket, ...dnsSockets] = tcp;
  if (!metadataSocket || !mirrorSocket) throw new Error("The network's own services can't listen.");
  const ends = [
    answerAt(metadataSocket, createServer(metadata)),
    answerAt(mirrorSocket, createServer(mirror)),
    ...[...dnsSockets, ...udp].map((socket) => () => socket.close()),
  ];
  udp.forEach((socket, at) => {
    const resolver = at < resolvers.length;
    const partner = dnsSockets[at];
    if (partner) serveDns(socket, partner, () => names(resolver));
  });
  return () => {
    for (const end of ends) end();
  };
}
