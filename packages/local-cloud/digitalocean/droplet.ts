import { gatewayOf, netmaskOf, publicRange } from "./addresses";
import { notFound } from "./answers";
import { type BackupPolicy, nextBackupWindow } from "./backups";
import type { Image } from "./catalog/images";
import { regionSlugs, regions } from "./catalog/regions";
import { findSize, showSize } from "./catalog/sizes";
import type { Cloud } from "./cloud";

export interface Droplet {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly size: string;
  /** GiB; stays as it is when a resize leaves the disk out. */
  readonly disk: number;
  readonly image: Image;
  readonly status: "new" | "active" | "off";
  readonly locked: boolean;
  readonly created_at: string;
  readonly features: readonly string[];
  readonly snapshot_ids: readonly number[];
  readonly tags: readonly string[];
  readonly vpc_uuid: string;
  readonly public_ip: string | null;
  readonly private_ip: string;
  readonly backup_policy: BackupPolicy | null;
  readonly user_data: string;
  readonly ssh_keys: readonly number[];
}

/** A droplet as the API shows it; its addresses are there once it is active. */
export function showDroplet(
  cloud: Cloud,
  { public_ip, private_ip, user_data, ssh_keys, ...droplet }: Droplet,
) {
  const size = findSize(droplet.size);
  if (!size) throw notFound();
  const range = cloud.vpcs.get(droplet.vpc_uuid)?.ip_range ?? publicRange;
  const booted = droplet.status !== "new";
  const v4 = [
    { ip_address: private_ip, netmask: netmaskOf(range), gateway: gatewayOf(range), type: "private" },
    ...(public_ip === null
      ? []
      : [
          {
            ip_address: public_ip,
            netmask: netmaskOf(publicRange),
            gateway: gatewayOf(publicRange),
            type: "public",
          },
        ]),
  ];
  const v6 = { ip_address: ipv6(droplet.id), netmask: 64, gateway: "2001:db8::1", type: "public" };
  return {
    ...droplet,
    memory: size.memory,
    vcpus: size.vcpus,
    kernel: null,
    next_backup_window: nextBackupWindow(droplet.backup_policy, cloud.core.clock.now()),
    backup_ids: [],
    volume_ids: volumesOf(cloud, droplet.id),
    size: showSize(size, regionSlugs),
    size_slug: droplet.size,
    region: regions.get(droplet.region),
    networks: { v4: booted ? v4 : [], v6: booted && droplet.features.includes("ipv6") ? [v6] : [] },
  };
}

export function volumesOf({ volumes }: Cloud, droplet: number): string[] {
  return volumes
    .list()
    .filter((volume) => volume.droplet_ids.includes(droplet))
    .map((volume) => volume.id);
}

const ipv6 = (id: number) => `2001:db8::${(id >>> 16).toString(16)}:${(id & 0xffff).toString(16)}`;
