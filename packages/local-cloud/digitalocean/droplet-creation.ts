import { z } from "zod";
import { invalid } from "./answers";
import { backupPolicy } from "./backups";
import type { Image } from "./catalog/images";
import { regions } from "./catalog/regions";
import { findSize } from "./catalog/sizes";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";
import { findImage } from "./images";
import { flag, list, tagNames, text } from "./input";
import { findKey } from "./ssh-keys";
import { vpcFor } from "./vpcs";

const maxUserDataBytes = 64 * 1024;
const maxVolumes = 15;

export const hostName = z
  .string()
  .max(255, "is too long (maximum is 255 characters)")
  .regex(
    /^[a-zA-Z0-9]?[a-z0-9A-Z.-]*[a-z0-9A-Z]$/,
    "Only valid hostname characters are allowed. (a-z, A-Z, 0-9, . and -)",
  );

export const dropletCreation = z
  .object({
    name: hostName.optional(),
    names: z.array(hostName).min(1).max(10, "can hold at most 10 names").optional(),
    region: text,
    size: z.string(),
    image: z.union([z.string(), z.int()]),
    ssh_keys: list(z.union([z.string(), z.int()])),
    backups: flag,
    backup_policy: backupPolicy.nullish(),
    ipv6: flag,
    monitoring: flag,
    tags: tagNames,
    user_data: text.refine(
      (data) => Buffer.byteLength(data) <= maxUserDataBytes,
      `is too long (maximum is ${maxUserDataBytes} bytes)`,
    ),
    volumes: list(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])),
    vpc_uuid: text,
    public_networking: z.boolean().default(true),
    with_droplet_agent: z.boolean().default(true),
  })
  .transform(({ name, names, ...input }) => ({
    ...input,
    names: names ?? (name === undefined ? [] : [name]),
  }))
  .refine(({ names }) => names.length > 0, "name is required")
  .refine(
    ({ names, volumes }) => names.length === 1 || volumes.length === 0,
    "volumes can be given for one Droplet only",
  );

/**
 * What of a new droplet is the same for all the names of one call, looked up and checked.
 * @throws ApiError 422.
 */
export function checkDroplet(cloud: Cloud, input: z.output<typeof dropletCreation>) {
  const region = input.region || (cloud.vpcs.get(input.vpc_uuid)?.region ?? "nyc3");
  if (!regions.has(region)) throw invalid("You specified an invalid region for Droplet creation.");
  const size = findSize(input.size);
  if (!size) throw invalid("You specified an invalid size for Droplet creation.");
  const image = findImage(cloud, String(input.image));
  checkImage(image, region);
  if (size.disk < image.min_disk_size) {
    throw invalid(
      `This image requires a disk of at least ${image.min_disk_size} GB; the size has ${size.disk} GB.`,
    );
  }
  const vpc = vpcFor(cloud, input.vpc_uuid, region);
  for (const id of input.volumes) checkVolume(cloud, id, region);
  if (input.volumes.length > maxVolumes) throw invalid(`A Droplet can have at most ${maxVolumes} volumes.`);
  const facts = {
    region,
    size: size.slug,
    disk: size.disk,
    image,
    vpc_uuid: vpc.id,
    features: features(input),
    backup_policy: input.backups ? (input.backup_policy ?? backupPolicy.parse({ plan: "weekly" })) : null,
    ssh_keys: keyIds(cloud, input.ssh_keys),
  } satisfies Partial<Droplet>;
  return { vpc, facts };
}

function checkImage(image: Image | undefined, region: string): asserts image is Image {
  if (!image) throw invalid("You specified an invalid image for Droplet creation.");
  if (image.status !== "available") throw invalid("The image you specified is not available yet.");
  if (!image.public && !image.regions.includes(region)) {
    throw invalid(
      "The image you specified is not available in the selected region, you can transfer it to this region.",
    );
  }
}

function checkVolume(cloud: Cloud, id: string, region: string): void {
  const volume = cloud.volumes.get(id);
  if (!volume) throw invalid(`volume ${id} does not exist`);
  if (volume.region !== region) throw invalid(`volume ${id} is not in the same region as the Droplet`);
  if (volume.droplet_ids.length > 0) throw invalid(`volume ${id} is already attached to a Droplet`);
}

function keyIds(cloud: Cloud, identifiers: readonly (string | number)[]): number[] {
  const keys = identifiers.map((identifier) => findKey(cloud, String(identifier)));
  const unknown = identifiers.filter((_, at) => !keys[at]);
  if (unknown.length > 0)
    throw invalid(`${unknown.join(", ")} are invalid key identifiers for Droplet creation.`);
  return keys.flatMap((key) => (key ? [key.id] : []));
}

function features(input: z.output<typeof dropletCreation>): string[] {
  return [
    ...(input.backups ? ["backups"] : []),
    ...(input.ipv6 ? ["ipv6"] : []),
    ...(input.monitoring ? ["monitoring"] : []),
    ...(input.with_droplet_agent ? ["droplet_agent"] : []),
    "private_networking",
  ];
}
