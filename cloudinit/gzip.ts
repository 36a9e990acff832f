import { crc32 } from "node:zlib";

/** A match is no shorter and no longer than this, and no further back. */
const shortest = 3;
const longest = 258;
const window = 32 * 1024;
/** Earlier places that are tried for a longer match. */
const tries = 64;

/**
 * The text as gzip, by matches and the fixed codes of RFC 1951. Node's own compression is not the same on every
 * machine and in every version, and a single other byte in the user-data replaces the server.
 */
export function gzip(text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(data), 0);
  trailer.writeUInt32LE(data.length, 4);
  return Buffer.concat([header, deflate(data), trailer]);
}

function deflate(data: Buffer): Buffer {
  const bits = new Bits();
  bits.push(1, 1); // the last block
  bits.push(1, 2); // with the fixed codes
  const places = new Places(data);
  let at = 0;
  while (at < data.length) {
    const { length, distance } = places.longestMatch(at);
    const taken = length < shortest ? 1 : length;
    if (taken === 1) pushSymbol(bits, data[at] ?? 0);
    else pushMatch(bits, length, distance);
    for (const end = at + taken; at < end; at++) places.add(at);
  }
  pushSymbol(bits, 256);
  return bits.bytes();
}

/** A literal (0 to 255), the end (256) or a length (257 to 285). */
function pushSymbol(bits: Bits, symbol: number): void {
  if (symbol < 144) bits.pushCode(0x30 + symbol, 8);
  else if (symbol < 256) bits.pushCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) bits.pushCode(symbol - 256, 7);
  else bits.pushCode(0xc0 + symbol - 280, 8);
}

function pushMatch(bits: Bits, length: number, distance: number): void {
  const [lengthCode, lengthBits, lengthRest] =
    length === longest ? [28, 0, 0] : grouped(length - shortest, 2);
  pushSymbol(bits, 257 + lengthCode);
  bits.push(lengthRest, lengthBits);
  const [distanceCode, distanceBits, distanceRest] = grouped(distance - 1, 1);
  bits.pushCode(distanceCode, 5);
  bits.push(distanceRest, distanceBits);
}

/** Both tables of RFC 1951, 3.2.5: after the first codes, each further bit of a number has `2 ** split` codes. */
function grouped(value: number, split: number): [code: number, bits: number, rest: number] {
  const bits = Math.max(0, 31 - Math.clz32(value | 1) - split);
  return [(bits << split) + (value >> bits), bits, value & ((1 << bits) - 1)];
}

/** Where each three bytes were seen, the latest place first. */
class Places {
  private readonly latest = new Map<number, number>();
  private readonly before: Int32Array;

  constructor(private readonly data: Buffer) {
    this.before = new Int32Array(data.length);
  }

  add(at: number): void {
    const key = this.keyAt(at);
    this.before[at] = this.latest.get(key) ?? -1;
    this.latest.set(key, at);
  }

  longestMatch(at: number): { length: number; distance: number } {
    let best = { length: 0, distance: 0 };
    let place = this.latest.get(this.keyAt(at)) ?? -1;
    for (let left = tries; left > 0 && place >= 0 && at - place <= window; left--) {
      const length = this.common(place, at);
      if (length > best.length) best = { length, distance: at - place };
      place = this.before[place] ?? -1;
    }
    return best;
  }

  private common(place: number, at: number): number {
    const most = Math.min(longest, this.data.length - at);
    let length = 0;
    while (length < most && this.data[place + length] === this.data[at + length]) length++;
    return length;
  }

  private keyAt(at: number): number {
    return at + shortest > this.data.length ? -1 : this.data.readUIntBE(at, shortest);
  }
}

/** Bits in the order that deflate packs them. */
class Bits {
  private readonly done: number[] = [];
  private pending = 0;
  private count = 0;

  /** A number, its lowest bit first. */
  push(value: number, length: number): void {
    for (let at = 0; at < length; at++) this.pushBit((value >> at) & 1);
  }

  /** A code, its highest bit first. */
  pushCode(code: number, length: number): void {
    for (let at = length - 1; at >= 0; at--) this.pushBit((code >> at) & 1);
  }

  bytes(): Buffer {
    return Buffer.from(this.count > 0 ? [...this.done, this.pending] : this.done);
  }

  private pushBit(bit: number): void {
    this.pending |= bit << this.count++;
    if (this.count < 8) return;
    this.done.push(this.pending);
    this.pending = 0;
    this.count = 0;
  }
}
