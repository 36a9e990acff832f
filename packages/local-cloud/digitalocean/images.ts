import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../core/errors";
import { found, invalid, page } from "./answers";
import { type Image, publicImages } from "./catalog/images";
import { regionSlugs, regions } from "./catalog/regions";
import type { Cloud } from "./cloud";
import { parse, tagNames, text } from "./input";
import { ensureTags } from "./tags";

type ById = { Params: { id: string } };
type Filter = { Querystring: { type?: string; private?: string; tag_name?: string } };

const change = z.object({
  name: z.string().min(1).optional(),
  description: text.optional(),
  distribution: z.string().optional(),
});
const creation = z.object({
  name: z.string().min(1),
  url: z.url("must be a URL"),
  region: z.string(),
  distribution: z.string().default("Unknown"),
  description: text,
  tags: tagNames,
});

export function addImages(app: FastifyInstance, cloud: Cloud): void {
  const { images, droplets, actions } = cloud;
  actions.define("import", (id) => images.patch(id, { status: "available" }));

  app.get<Filter>("/v2/images", (request) => {
    const { type, private: own, tag_name: tag } = request.query;
    const wanted = allImages(cloud).filter(
      (image) =>
        (type !== "distribution" || image.type === "base") &&
        type !== "application" &&
        (own !== "true" || !image.public) &&
        (!tag || image.tags.includes(tag)),
    );
    return page(request, "images", wanted, (image) => image);
  });
  app.get<ById>("/v2/images/:id", (request) => ({ image: found(findImage(cloud, request.params.id)) }));
  app.post("/v2/images", (request, reply) => {
    const { url, region, ...input } = parse(creation, request.body);
    if (!regions.has(region)) throw invalid("region is invalid");
    ensureTags(cloud, input.tags);
    const image = put(cloud, {
      ...input,
      regions: [region],
      type: "custom",
      status: "pending",
      min_disk_size: 25,
      size_gigabytes: 2,
    });
    actions.start({
      type: "import",
      resource_type: "image",
      resource_id: image.id,
      region,
      effect: "import",
      subject: String(image.id),
      latency: "snapshot",
    });
    return reply.status(202).send({ image });
  });
  app.put<ById>("/v2/images/:id", (request) => {
    const image = own(cloud, request.params.id);
    return { image: images.patch(String(image.id), parse(change, request.body)) };
  });
  app.delete<ById>("/v2/images/:id", (request, reply) => {
    images.delete(String(own(cloud, request.params.id).id));
    return reply.status(204).send();
  });
  app.get<ById>("/v2/droplets/:id/snapshots", (request) => {
    const ids = found(droplets.get(request.params.id)).snapshot_ids;
    const taken = images.list().filter((image) => ids.includes(image.id));
    return page(request, "snapshots", taken, (image) => ({ ...image, type: "snapshot" }));
  });
}

/** The image of that id or slug. */
export function findImage(cloud: Cloud, identifier: string): Image | undefined {
  return allImages(cloud).find((image) => image.slug === identifier || String(image.id) === identifier);
}

/** Makes an image of a droplet's disk. */
export function takeSnapshot(cloud: Cloud, dropletId: string, name: string | undefined): void {
  const droplet = cloud.droplets.get(dropletId);
  if (!droplet) return;
  const image = put(cloud, {
    name: name ?? `${droplet.name}-${cloud.core.clock.now()}`,
    distribution: droplet.image.distribution,
    regions: [droplet.region],
    type: "snapshot",
    status: "available",
    min_disk_size: droplet.disk,
    size_gigabytes: 2,
    description: "",
    tags: [],
  });
  cloud.droplets.patch(dropletId, { snapshot_ids: [...droplet.snapshot_ids, image.id] });
}

function put(
  cloud: Cloud,
  image: Omit<Image, "id" | "slug" | "public" | "created_at" | "error_message">,
): Image {
  const id = cloud.nextId("image");
  const created_at = cloud.core.clock.stamp();
  return cloud.images.put(String(id), {
    ...image,
    id,
    slug: null,
    public: false,
    created_at,
    error_message: "",
  });
}

function own(cloud: Cloud, id: string): Image {
  const image = found(findImage(cloud, id));
  if (image.public) throw new ApiError(403, "You do not have access for the attempted action.");
  return image;
}

/** The OpenAPI document doesn't know Atlanta as an image's region; public images are in every region all the same. */
const publicOnes = publicImages(regionSlugs.filter((slug) => slug !== "atl1"));

function allImages({ images }: Cloud): Image[] {
  return [...publicOnes, ...images.list()];
}
