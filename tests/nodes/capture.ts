import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Live } from "../../tools/live";

/** A TCP segment or another IPv4 packet of the private network. */
export interface Packet {
  readonly protocol: number;
  readonly from: string;
  readonly to: string;
  readonly sourcePort: number;
  readonly targetPort: number;
  readonly sequence: number;
  readonly isFirst: boolean;
  readonly payload: Buffer;
}

/** Everything that passes between the nodes, by IPv4, until it is ended. */
export async function capture(
  { nodes }: Live,
  network: string,
): Promise<() => Promise<{ bytes: Buffer; packets: Packet[] }>> {
  const filter = ["ip", "and", "src", "net", network, "and", "dst", "net", network];
  const [file = "", ...args] = nodes.networkCommand([
    "tcpdump",
    "-i",
    "any",
    "-y",
    "LINUX_SLL2",
    "-U",
    "-s",
    "0",
    "-w",
    "-",
    ...filter,
  ]);
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "ignore"], detached: true });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(child.stdout, "data");
  return async () => {
    process.kill(-(child.pid ?? 0), "SIGTERM"); // the way in and the program behind it
    await once(child, "close");
    const bytes = Buffer.concat(chunks);
    return { bytes, packets: packetsOf(bytes) };
  };
}

const fileHeader = 24;
const recordHeader = 16;
/** Of Linux's cooked capture, version 2. */
const linkHeader = 20;

function packetsOf(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  for (let at = fileHeader; at + recordHeader <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    const start = at + recordHeader + linkHeader;
    at += recordHeader + length;
    if (at <= bytes.length) packets.push(packetOf(bytes.subarray(start, at)));
  }
  return packets;
}

function packetOf(ip: Buffer): Packet {
  const header = (ip.readUInt8(0) & 15) * 4;
  const protocol = ip.readUInt8(9);
  const body = ip.subarray(header, ip.readUInt16BE(2));
  const isTcp = protocol === 6;
  const hasPorts = isTcp || protocol === 17;
  return {
    protocol,
    from: [...ip.subarray(12, 16)].join("."),
    to: [...ip.subarray(16, 20)].join("."),
    sourcePort: hasPorts ? body.readUInt16BE(0) : 0,
    targetPort: hasPorts ? body.readUInt16BE(2) : 0,
    sequence: isTcp ? body.readUInt32BE(4) : 0,
    isFirst: isTcp && (body.readUInt8(13) & 2) !== 0,
    payload: body.subarray(isTcp ? (body.readUInt8(12) >> 4) * 4 : 8),
  };
}

/** What one side of a TCP connection said, from its beginning. */
export interface Stream {
  readonly way: string;
  readonly source: number;
  readonly target: number;
  /** As far as nothing is missing. */
  readonly bytes: Buffer;
}

/** Those of the connections whose beginning is among the packets, as far as anything was said. */
export function streams(packets: readonly Packet[]): Stream[] {
  const begun = new Map<
    string,
    { source: number; target: number; next: number; parts: Map<number, Buffer> }
  >();
  for (const { from, to, sourcePort, targetPort, sequence, isFirst, payload } of packets) {
    const way = `${from}:${sourcePort} ${to}:${targetPort}`;
    if (isFirst) {
      begun.set(way, {
        source: sourcePort,
        target: targetPort,
        next: (sequence + 1) >>> 0,
        parts: new Map(),
      });
    }
    if (payload.length > 0) begun.get(way)?.parts.set(sequence, payload);
  }
  return [...begun].flatMap(([way, { source, target, next, parts }]) => {
    const inOrder: Buffer[] = [];
    for (let at = next, part = parts.get(at); part; part = parts.get(at)) {
      inOrder.push(part);
      at = (at + part.length) >>> 0;
    }
    return inOrder.length > 0 ? [{ way, source, target, bytes: Buffer.concat(inOrder) }] : [];
  });
}
