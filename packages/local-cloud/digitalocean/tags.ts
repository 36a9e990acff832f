import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Collection } from "../core/store";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { numericId, parse, tagName } from "./input";

type ByName = { Params: { name: string } };

const resources = z.object({
  resources: z.array(
    z.object({ resource_id: z.union([z.string(), numericId]).transform(String), resource_type: z.string() }),
  ),
});

export function addTags(app: FastifyInstance, cloud: Cloud): void {
  const { tags } = cloud;
  const show = (tag: { readonly name: string }) => showTag(cloud, tag.name);
  app.get("/v2/tags", (request) => page(request, "tags", tags.list(), show));
  app.post("/v2/tags", (request, reply) => {
    const { name } = parse(z.object({ name: tagName }), request.body);
    ensureTags(cloud, [name]);
    return reply.status(201).send({ tag: showTag(cloud, name) });
  });
  app.get<ByName>("/v2/tags/:name", (request) => ({ tag: show(found(tags.get(request.params.name))) }));
  app.delete<ByName>("/v2/tags/:name", (request, reply) => {
    const { name } = found(tags.get(request.params.name));
    for (const kind of Object.values(taggable(cloud))) kind.untagAll(name);
    tags.delete(name);
    return reply.status(204).send();
  });
  app.post<ByName>("/v2/tags/:name/resources", (request, reply) => {
    retag(cloud, request.params.name, request.body, (before, name) => [...new Set([...before, name])]);
    return reply.status(204).send();
  });
  app.delete<ByName>("/v2/tags/:name/resources", (request, reply) => {
    retag(cloud, request.params.name, request.body, (before, name) => before.filter((tag) => tag !== name));
    return reply.status(204).send();
  });
}

/** Makes the tags that don't exist yet, as creating a tagged resource does. */
export function ensureTags({ tags }: Cloud, names: readonly string[]): void {
  for (const name of names) if (!tags.get(name)) tags.put(name, { name });
}

/** @throws ApiError 422 where a tag doesn't exist; firewalls and balancers don't make theirs. */
export function requireTags({ tags }: Cloud, names: readonly string[]): void {
  for (const name of names) if (!tags.get(name)) throw invalid(`tag ${name} does not exist`);
}

type Retag = (before: readonly string[], name: string) => readonly string[];

function retag(cloud: Cloud, tag: string, body: unknown, change: Retag): void {
  const { name } = found(cloud.tags.get(tag));
  const kinds = taggable(cloud);
  const wanted = parse(resources, body).resources.map(({ resource_id: id, resource_type: type }) => {
    const kind = Object.entries(kinds).find(([known]) => known === type)?.[1];
    if (!kind) throw invalid(`resource_type ${type} can not be tagged`);
    return { kind, id: found(kind.has(id) ? id : undefined) };
  });
  for (const { kind, id } of wanted) kind.retag(id, (before) => change(before, name));
}

function taggable(cloud: Cloud) {
  return {
    droplet: kind(cloud.droplets, "droplets"),
    image: kind(cloud.images, "images"),
    volume: kind(cloud.volumes, "volumes"),
    volume_snapshot: kind(cloud.snapshots, "snapshots"),
    database: kind(cloud.databases, "databases"),
  };
}

function kind<T extends { readonly tags: readonly string[] }>(collection: Collection<T>, path: string) {
  const retag = (id: string, change: (before: readonly string[]) => readonly string[]) => {
    const object = collection.get(id);
    if (object) collection.put(id, { ...object, tags: change(object.tags) });
  };
  const tagged = (name: string) => collection.ids().filter((id) => collection.get(id)?.tags.includes(name));
  return {
    has: (id: string) => collection.get(id) !== undefined,
    retag,
    untagAll: (name: string) => {
      for (const id of tagged(name)) retag(id, (before) => before.filter((tag) => tag !== name));
    },
    count: (name: string) => {
      const ids = tagged(name);
      const last = ids.at(-1);
      return {
        count: ids.length,
        ...(last ? { last_tagged_uri: `https://api.digitalocean.com/v2/${path}/${last}` } : {}),
      };
    },
  };
}

function showTag(cloud: Cloud, name: string) {
  const kinds = taggable(cloud);
  const counts = {
    droplets: kinds.droplet.count(name),
    images: kinds.image.count(name),
    volumes: kinds.volume.count(name),
    volume_snapshots: kinds.volume_snapshot.count(name),
    databases: kinds.database.count(name),
  };
  const used = Object.values(counts).filter(({ count }) => count > 0);
  const count = used.reduce((sum, kind) => sum + kind.count, 0);
  return {
    name,
    resources: { count, ...(used[0] ? { last_tagged_uri: used[0].last_tagged_uri } : {}), ...counts },
  };
}
