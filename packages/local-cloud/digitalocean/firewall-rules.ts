import ipaddr from "ipaddr.js";
import { z } from "zod";
import { invalid } from "./answers";
import type { Cloud } from "./cloud";
import { list, numericId } from "./input";
import { requireTags } from "./tags";

const address = z
  .string()
  .refine(
    (value) => (value.includes("/") ? ipaddr.isValidCIDR(value) : ipaddr.isValid(value)),
    "invalid address",
  );

const peers = z
  .object({
    addresses: list(address),
    tags: list(z.string()),
    droplet_ids: list(numericId),
    load_balancer_uids: list(z.string()),
    kubernetes_ids: list(z.string()),
  })
  .transform(
    (all) =>
      Object.fromEntries(Object.entries(all).filter(([, items]) => items.length > 0)) as Partial<typeof all>,
  );

export type Peers = z.output<typeof peers>;

/** `all`, one port or a range, as the API shows it; `0` is its way of writing all. */
const ports = z
  .string()
  .nullish()
  .transform((value) => (!value || value === "all" ? "0" : value))
  .refine(isPortRange, "invalid port range: use a port, a range such as 8000-9000, or all");

const rule = z.object({
  protocol: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["tcp", "udp", "icmp"], "invalid protocol: use tcp, udp or icmp")),
  ports,
});
const inbound = rule.extend({ sources: peers });
const outbound = rule.extend({ destinations: peers });

export const rules = z
  .object({ inbound_rules: list(inbound), outbound_rules: list(outbound) })
  .transform(({ inbound_rules, outbound_rules }) => ({
    inbound_rules: inbound_rules.map(icmpHasNoPorts),
    outbound_rules: outbound_rules.map(icmpHasNoPorts),
  }));

export type Rules = z.output<typeof rules>;

const maxRules = 50;
export const maxDroplets = 10;
export const maxTags = 5;

/** @throws ApiError 422 where there are too many rules or one names what doesn't exist. */
export function checkRules(cloud: Cloud, { inbound_rules, outbound_rules }: Rules): void {
  const count = inbound_rules.length + outbound_rules.length;
  if (count > maxRules) throw invalid(`a firewall can have at most ${maxRules} rules, not ${count}`);
  for (const { sources } of inbound_rules) checkPeers(cloud, sources);
  for (const { destinations } of outbound_rules) checkPeers(cloud, destinations);
}

function checkPeers(cloud: Cloud, peers: Peers): void {
  if (Object.keys(peers).length === 0) throw invalid("a rule needs at least one source or destination");
  const { tags = [], droplet_ids: droplets = [], load_balancer_uids: balancers = [] } = peers;
  if (tags.length > maxTags) throw invalid(`a rule can have at most ${maxTags} tags, not ${tags.length}`);
  if (droplets.length > maxDroplets)
    throw invalid(`a rule can have at most ${maxDroplets} droplets, not ${droplets.length}`);
  requireTags(cloud, tags);
  requireDroplets(cloud, droplets);
  const unknown = balancers.find((id) => !cloud.balancers.get(id));
  if (unknown) throw invalid(`load balancer ${unknown} does not exist`);
}

/** @throws ApiError 422 */
export function requireDroplets({ droplets }: Cloud, ids: readonly number[]): void {
  const unknown = ids.find((id) => !droplets.get(String(id)));
  if (unknown !== undefined) throw invalid(`droplet ${unknown} does not exist`);
}

function icmpHasNoPorts<T extends { readonly protocol: string; readonly ports: string }>(one: T): T {
  return one.protocol === "icmp" ? { ...one, ports: "0" } : one;
}

function isPortRange(value: string): boolean {
  const bounds = value.split("-").map(Number);
  const [first = Number.NaN, last = first] = bounds;
  return bounds.length <= 2 && /^[\d-]+$/.test(value) && first >= 0 && first <= last && last <= 65535;
}
