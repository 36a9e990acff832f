import type { Cloud } from "../../digitalocean/cloud";
import type { ResourceKind } from "../shapes";
import { kindsOf } from "./kind";

/** What the DigitalOcean account holds, without anything secret. */
export function digitalocean(cloud: Cloud): ResourceKind[] {
  const kind = kindsOf("DigitalOcean");
  const servers = (ids: readonly number[]) =>
    ids.map((id) => cloud.droplets.get(String(id))?.name ?? String(id));
  return [
    kind("Droplets", cloud.droplets.list(), ({ status, size, image, private_ip, tags }) => [
      status,
      size,
      image.slug ?? image.name,
      private_ip,
      ...tags,
    ]),
    kind("Volumes", cloud.volumes.list(), ({ size_gigabytes, droplet_ids }) => [
      `${size_gigabytes} GiB`,
      ...servers(droplet_ids),
    ]),
    kind("Load balancers", cloud.balancers.list(), ({ status, address, size_unit, tag, droplet_ids }) => [
      status,
      address,
      `${size_unit ?? 1} units`,
      tag,
      ...servers(droplet_ids),
    ]),
    kind(
      "Firewalls",
      cloud.firewalls.list(),
      ({ status, inbound_rules, outbound_rules, tags, droplet_ids }) => [
        status,
        `${inbound_rules.length} in`,
        `${outbound_rules.length} out`,
        ...tags,
        ...servers(droplet_ids),
      ],
    ),
    kind("Databases", cloud.databases.list(), ({ status, engine, version, num_nodes, size }) => [
      status,
      `${engine} ${version}`,
      `${num_nodes} nodes`,
      size,
    ]),
    kind("Database replicas", cloud.replicas.list(), ({ status, size }) => [status, size]),
    kind("Certificates", cloud.certificates.list(), ({ state, type, dns_names, not_after }) => [
      state,
      type,
      ...dns_names,
      not_after && `until ${not_after}`,
    ]),
    kind("VPCs", cloud.vpcs.list(), ({ region, ip_range, default: isDefault }) => [
      region,
      ip_range,
      isDefault && "default",
    ]),
    kind("Reserved addresses", cloud.reservedIps.list(), ({ region, droplet_id }) => [
      region,
      ...servers(droplet_id === null ? [] : [droplet_id]),
    ]),
    kind("NAT gateways", cloud.gateways.list(), ({ state, region }) => [state, region]),
    kind("Autoscale pools", cloud.pools.list(), ({ members }) => [`${members.length} droplets`]),
    kind("Domains", cloud.domains.list(), ({ ttl }) => [`TTL ${ttl} s`]),
    kind("Records", cloud.records.list(), ({ domain, type, data, ttl }) => [domain, type, data, `${ttl} s`]),
    kind("SSH keys", cloud.keys.list(), ({ fingerprint }) => [fingerprint]),
    kind("Projects", cloud.projects.list(), ({ environment, is_default }) => [
      environment,
      is_default && "default",
    ]),
    kind("Snapshots", cloud.snapshots.list(), ({ size_gigabytes }) => [`${size_gigabytes} GiB`]),
    kind("Alert policies", cloud.policies.list(), ({ type, compare, value, window }) => [
      type,
      `${compare} ${value}`,
      window,
    ]),
    kind("Uptime checks", cloud.checks.list(), ({ type, target, enabled }) => [
      type,
      target,
      !enabled && "disabled",
    ]),
    kind("Tags", cloud.tags.list(), () => []),
  ];
}
