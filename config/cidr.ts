import { isIPv4, isIPv6 } from "node:net";

/** A range of addresses. */
export interface Cidr {
  readonly bits: 32 | 128;
  readonly prefix: number;
  /** First address of the range. */
  readonly first: bigint;
  readonly last: bigint;
  /** Whether the address as written is the first one, that is, no host bit is set. */
  readonly aligned: boolean;
}

function ipv4(address: string): bigint {
  return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6(address: string): bigint {
  const [head = [], tail = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...gap, ...tail].reduce((sum, part) => sum * 65536n + BigInt(`0x${part}`), 0n);
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; undefined for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = ""] = text.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) && !address.includes(".") ? 128 : undefined;
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (bits === undefined || !(prefix <= bits)) return undefined;
  const written = bits === 32 ? ipv4(address) : ipv6(address);
  const size = 1n << BigInt(bits - prefix);
  const first = (written / size) * size;
  return { bits, prefix, first, last: first + size - 1n, aligned: written === first };
}

/** Whether two ranges share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.bits === b.bits && a.first <= b.last && b.first <= a.last;
}

/** Whether the first range holds all of the second. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.bits === inner.bits && outer.first <= inner.first && inner.last <= outer.last;
}
