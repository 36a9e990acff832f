import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, page } from "./answers";
import type { Cloud } from "./cloud";
import { parse, tagNames } from "./input";
import { ensureTags } from "./tags";

/** A snapshot of a volume, as the API shows it. */
export interface Snapshot {
  readonly id: string;
  readonly name: string;
  readonly resource_id: string;
  readonly resource_type: "volume";
  readonly regions: readonly string[];
  readonly min_disk_size: number;
  readonly size_gigabytes: number;
  readonly tags: readonly string[];
  readonly created_at: string;
}

type ById = { Params: { id: string } };

const creation = z.object({ name: z.string().min(1), tags: tagNames });

export function addSnapshots(app: FastifyInstance, cloud: Cloud): void {
  const { snapshots, volumes, core } = cloud;
  app.get<ById>("/v2/volumes/:id/snapshots", (request) => {
    const { id } = found(volumes.get(request.params.id));
    const taken = snapshots.list().filter((snapshot) => snapshot.resource_id === id);
    return page(request, "snapshots", taken, (snapshot) => snapshot);
  });
  app.post<ById>("/v2/volumes/:id/snapshots", (request, reply) => {
    const volume = found(volumes.get(request.params.id));
    const input = parse(creation, request.body);
    ensureTags(cloud, input.tags);
    const id = randomUUID();
    const snapshot = snapshots.put(id, {
      ...input,
      id,
      resource_id: volume.id,
      resource_type: "volume",
      regions: [volume.region],
      min_disk_size: volume.size_gigabytes,
      size_gigabytes: 0,
      created_at: core.clock.stamp(),
    });
    return reply.status(201).send({ snapshot });
  });
  app.get<ById>("/v2/volumes/snapshots/:id", (request) => ({
    snapshot: found(snapshots.get(request.params.id)),
  }));
  app.delete<ById>("/v2/volumes/snapshots/:id", (request, reply) => {
    snapshots.delete(found(snapshots.get(request.params.id)).id);
    return reply.status(204).send();
  });
}
