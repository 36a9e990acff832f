import ipaddr from "ipaddr.js";
import { invalid } from "./answers";

/** A range of IPv4 addresses. */
export interface Range {
  /** CIDR, its address being the network's. */
  readonly text: string;
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
  /** Whether it lies in RFC 1918's ranges. */
  readonly private: boolean;
}

/** Range of the public addresses: the one for benchmarks, which no network routes. */
export const publicRange = "198.18.0.0/15";

/** @throws ApiError 422 where it is no IPv4 CIDR. */
export function parseRange(cidr: string): Range {
  if (!ipaddr.IPv4.isValidCIDR(cidr)) throw invalid("ip_range is invalid: it must be an IPv4 CIDR");
  const network = ipaddr.IPv4.networkAddressFromCIDR(cidr);
  const prefix = Number(cidr.split("/")[1]);
  const first = toNumber(network);
  const last = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidr));
  return { text: `${network}/${prefix}`, first, last, prefix, private: network.range() === "private" };
}

export function overlap(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** A /20 of 10.108.0.0/14 that overlaps with none of the taken ones. */
export function freeRange(taken: readonly Range[]): Range {
  const pool = parseRange("10.108.0.0/14");
  for (let first = pool.first; first <= pool.last; first += 2 ** 12) {
    const range = parseRange(`${toText(first)}/20`);
    if (!taken.some((other) => overlap(other, range))) return range;
  }
  throw invalid("There is no free range left: name an ip_range");
}

/** The addresses of a range from its third on: the first is the network's, the second the gateway's. */
export function* addresses(cidr: string): Generator<string> {
  const range = parseRange(cidr);
  for (let next = range.first + 2; next < range.last; next += 1) yield toText(next);
}

/** The gateway of a range, its second address. */
export function gatewayOf(cidr: string): string {
  return toText(parseRange(cidr).first + 1);
}

export function netmaskOf(cidr: string): string {
  return ipaddr.IPv4.subnetMaskFromPrefixLength(parseRange(cidr).prefix).toString();
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
