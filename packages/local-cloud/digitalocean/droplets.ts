import type { FastifyInstance } from "fastify";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { type Droplet, showDroplet } from "./droplet";
import { createDroplets, defineLife, destroy } from "./droplet-life";
import { showFirewall } from "./firewalls";

type ById = { Params: { id: string } };
type Filter = { Querystring: { tag_name?: string; name?: string; type?: string } };

export function addDroplets(app: FastifyInstance, cloud: Cloud): void {
  const { droplets } = cloud;
  const show = (droplet: Droplet) => showDroplet(cloud, droplet);
  const one = (id: string) => found(droplets.get(id));

  defineLife(cloud);

  app.get<Filter>("/v2/droplets", (request) => {
    const { tag_name: tag, name, type } = request.query;
    const wanted = droplets
      .list()
      .filter(
        (droplet) =>
          type !== "gpus" && (!tag || droplet.tags.includes(tag)) && (!name || droplet.name === name),
      );
    return page(request, "droplets", wanted, show);
  });
  app.post("/v2/droplets", (request, reply) => {
    const made = createDroplets(cloud, request.body);
    const links = {
      actions: made.map(({ action }) => ({
        id: action.id,
        rel: "create",
        href: `http://${request.host}/v2/actions/${action.id}`,
      })),
    };
    const shown = made.map(({ droplet }) => show(droplet));
    return reply
      .status(202)
      .send("names" in Object(request.body) ? { droplets: shown, links } : { droplet: shown[0], links });
  });
  app.delete<Filter>("/v2/droplets", (request, reply) => {
    const { tag_name: tag } = request.query;
    if (!tag) throw invalid("tag_name is required");
    for (const droplet of droplets.list()) if (droplet.tags.includes(tag)) destroy(cloud, droplet);
    return reply.status(204).send();
  });
  app.get<ById>("/v2/droplets/:id", (request) => ({ droplet: show(one(request.params.id)) }));
  app.delete<ById>("/v2/droplets/:id", (request, reply) => {
    destroy(cloud, one(request.params.id));
    return reply.status(204).send();
  });
  app.get<ById>("/v2/droplets/:id/neighbors", (request) => {
    one(request.params.id);
    return { droplets: [] };
  });
  app.get<ById>("/v2/droplets/:id/kernels", (request) => {
    one(request.params.id);
    return page(request, "kernels", [], (kernel) => kernel);
  });
  app.get<ById>("/v2/droplets/:id/firewalls", (request) => {
    const droplet = one(request.params.id);
    const mine = cloud.firewalls
      .list()
      .filter(
        (wall) =>
          wall.droplet_ids.includes(droplet.id) || wall.tags.some((tag) => droplet.tags.includes(tag)),
      );
    return page(request, "firewalls", mine, showFirewall);
  });
}
