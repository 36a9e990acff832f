import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { found, invalid, page } from "./answers";
import { regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { parse, tagNames, text } from "./input";
import { forget } from "./projects";
import { ensureTags } from "./tags";

export interface Volume {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly region: string;
  readonly size_gigabytes: number;
  readonly droplet_ids: readonly number[];
  readonly tags: readonly string[];
  readonly filesystem_type: string;
  readonly filesystem_label: string;
  readonly created_at: string;
}

type ById = { Params: { id: string } };
type Filter = { Querystring: { name?: string; region?: string } };

export const maxVolumeGib = 16384;

const creation = z.object({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,63}$/,
      "must be lowercase and alphanumeric with dashes, start with a letter, and have at most 64 characters",
    ),
  description: text,
  region: z.string(),
  size_gigabytes: z.int().min(1, "must be at least 1").max(maxVolumeGib, `must be at most ${maxVolumeGib}`),
  snapshot_id: text,
  filesystem_type: text.refine((type) => ["", "ext4", "xfs"].includes(type), "must be ext4 or xfs"),
  filesystem_label: text,
  tags: tagNames,
});

export function addVolumes(app: FastifyInstance, cloud: Cloud): void {
  const { volumes, core } = cloud;
  const named = ({ name, region }: Filter["Querystring"]) =>
    volumes
      .list()
      .filter((volume) => (!name || volume.name === name) && (!region || volume.region === region));

  app.get<Filter>("/v2/volumes", (request) => page(request, "volumes", named(request.query), showVolume));
  app.post("/v2/volumes", (request, reply) => {
    const { snapshot_id: snapshotId, ...input } = parse(creation, request.body);
    const snapshot = cloud.snapshots.get(snapshotId);
    if (!regions.has(input.region)) throw invalid("region is invalid");
    if (snapshotId && !snapshot) throw invalid("snapshot_id is invalid");
    if (snapshot && input.size_gigabytes < snapshot.min_disk_size)
      throw invalid("size_gigabytes is smaller than the snapshot");
    const max = { ext4: 16, xfs: 12 }[input.filesystem_type] ?? 16;
    if (input.filesystem_label.length > max)
      throw invalid(`filesystem_label is too long (maximum is ${max} characters)`);
    if (named(input).length > 0)
      throw new ApiError(409, "a volume with that name already exists in the region");
    ensureTags(cloud, input.tags);
    const id = randomUUID();
    const volume = volumes.put(id, { ...input, id, droplet_ids: [], created_at: core.clock.stamp() });
    return reply.status(201).send({ volume: showVolume(volume) });
  });
  app.delete<Filter>("/v2/volumes", (request, reply) => {
    const { name, region } = request.query;
    if (!name || !region) throw invalid("name and region are required");
    remove(cloud, found(named({ name, region })[0]));
    return reply.status(204).send();
  });
  app.get<ById>("/v2/volumes/:id", (request) => ({
    volume: showVolume(found(volumes.get(request.params.id))),
  }));
  app.delete<ById>("/v2/volumes/:id", (request, reply) => {
    remove(cloud, found(volumes.get(request.params.id)));
    return reply.status(204).send();
  });
}

/** A volume as the API shows it. */
export function showVolume(volume: Volume) {
  return { ...volume, region: regions.get(volume.region) };
}

function remove(cloud: Cloud, volume: Volume): void {
  if (volume.droplet_ids.length > 0) {
    throw new ApiError(
      409,
      "A volume that's attached to a Droplet cannot be deleted. Please detach it first before deleting.",
    );
  }
  cloud.volumes.delete(volume.id);
  forget(cloud, `do:volume:${volume.id}`);
}
