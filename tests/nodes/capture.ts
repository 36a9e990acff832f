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
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(child.stdout, "data");
  return async () => {
    child.kill("SIGTERM");
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
