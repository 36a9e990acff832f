import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showAction } from "./actions";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { numericId, parse } from "./input";
import { maxVolumeGib, type Volume } from "./volumes";

type ById = { Params: { id: string } };

const request = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.enum(["attach", "detach"]), droplet_id: numericId }),
    z.object({
      type: z.literal("resize"),
      size_gigabytes: z.int().max(maxVolumeGib, `must be at most ${maxVolumeGib}`),
    }),
  ],
  "is not a valid action",
);

export function addVolumeActions(app: FastifyInstance, cloud: Cloud): void {
  const { volumes, actions } = cloud;
  actions.define("volume attach", (id, droplet: number) => volumes.patch(id, { droplet_ids: [droplet] }));
  actions.define("volume detach", (id) => volumes.patch(id, { droplet_ids: [] }));
  actions.define("volume resize", (id, size: number) => volumes.patch(id, { size_gigabytes: size }));

  app.post("/v2/volumes/actions", (call, reply) => {
    const { volume_name: name, region } = parse(
      z.object({ volume_name: z.string(), region: z.string() }),
      call.body,
    );
    const volume = found(volumes.find((one) => one.name === name && one.region === region));
    return reply.status(202).send({ action: showAction(start(cloud, volume, call.body)) });
  });
  app.get<ById>("/v2/volumes/:id/actions", (call) => {
    const { id } = found(volumes.get(call.params.id));
    return page(call, "actions", actions.on("backend", id), showAction);
  });
  app.post<ById>("/v2/volumes/:id/actions", (call, reply) => {
    const volume = found(volumes.get(call.params.id));
    return reply.status(202).send({ action: showAction(start(cloud, volume, call.body)) });
  });
  app.get<{ Params: { id: string; action: string } }>("/v2/volumes/:id/actions/:action", (call) => {
    const action = found(actions.all.get(call.params.action));
    return { action: showAction(found(action.subject === call.params.id ? action : undefined)) };
  });
}

function start(cloud: Cloud, volume: Volume, body: unknown) {
  const input = parse(request, body);
  const work = {
    resource_type: "backend",
    resource_id: null,
    region: volume.region,
    subject: volume.id,
  } as const;
  if (input.type === "resize") {
    if (input.size_gigabytes <= volume.size_gigabytes)
      throw invalid("size_gigabytes must be larger than the current size: volumes only grow");
    return cloud.actions.start({
      ...work,
      type: "resize",
      effect: "volume resize",
      params: input.size_gigabytes,
    });
  }
  const droplet = cloud.droplets.get(String(input.droplet_id));
  if (!droplet) throw invalid("Droplet does not exist.");
  if (droplet.region !== volume.region) throw invalid("Droplet and volume are not in the same region.");
  const attached = volume.droplet_ids.includes(droplet.id);
  if (input.type === "attach" && attached) throw invalid("Volume is already attached to this Droplet.");
  if (input.type === "attach" && volume.droplet_ids.length > 0)
    throw invalid("Volume is already attached to another Droplet.");
  if (input.type === "detach" && !attached) throw invalid("Volume is not attached to this Droplet.");
  return cloud.actions.start({
    ...work,
    type: `${input.type}_volume`,
    effect: `volume ${input.type}`,
    params: droplet.id,
    droplet: droplet.id,
  });
}
