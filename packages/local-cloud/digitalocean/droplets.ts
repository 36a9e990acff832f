import type { FastifyInstance } from "fastify";
import { defaultDropletLimit } from "./account";
import { gatewayOf, netmaskOf, publicRange } from "./addresses";
import { found, invalid, notFound, page } from "./answers";
import { type BackupPolicy, nextBackupWindow } from "./backups";
import type { Image } from "./catalog/images";
import { regionSlugs, regions } from "./catalog/regions";
import { findSize, showSize } from "./catalog/sizes";
import type { Cloud } from "./cloud";
import { checkDroplet, dropletCreation } from "./droplet-creation";
import { showFirewall } from "./firewalls";
import { parse } from "./input";
import { forget } from "./projects";
import { ensureTags } from "./tags";
import { freePrivateAddress } from "./vpcs";

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

type ById = { Params: { id: string } };
type Filter = { Querystring: { tag_name?: string; name?: string; type?: string } };

export function addDroplets(app: FastifyInstance, cloud: Cloud): void {
  const { droplets, actions } = cloud;
  const show = (droplet: Droplet) => showDroplet(cloud, droplet);
  const one = (id: string) => found(droplets.get(id));

  actions.define("create", (id) => boot(cloud, id));
  actions.define("destroy", (id) => remove(cloud, id));

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

/** @throws ApiError 422 where another action has the droplet. */
export function destroy(cloud: Cloud, droplet: Droplet): void {
  startOn(cloud, droplet, "destroy", "destroy", "droplet delete");
}

/** Starts an action that locks the droplet. */
export function startOn(
  cloud: Cloud,
  droplet: Droplet,
  type: string,
  effect: string,
  latency: string,
  params?: unknown,
) {
  const { id, region } = droplet;
  return cloud.actions.start({
    type,
    resource_type: "droplet",
    resource_id: id,
    region,
    effect,
    subject: String(id),
    params,
    droplet: id,
    latency,
  });
}

/** Makes the droplets that a body asks for, and the actions that boot them. */
export function createDroplets(cloud: Cloud, body: unknown) {
  return create(cloud, body).map((droplet) => {
    return { droplet, action: startOn(cloud, droplet, "create", "create", "droplet") };
  });
}

/** Makes the rows of new droplets; none of them if one is at fault. */
function create(cloud: Cloud, body: unknown): Droplet[] {
  const input = parse(dropletCreation, body);
  const checked = checkDroplet(cloud, input);
  const limit = cloud.core.options.dropletLimit ?? defaultDropletLimit;
  if (cloud.droplets.size + input.names.length > limit) {
    throw invalid("creating this/these droplet(s) will exceed your droplet limit");
  }
  ensureTags(cloud, input.tags);
  return input.names.map((name) => {
    const id = cloud.nextId("droplet");
    const droplet = cloud.droplets.put(String(id), {
      ...checked.facts,
      id,
      name,
      status: "new",
      locked: false,
      created_at: cloud.core.clock.stamp(),
      tags: input.tags,
      snapshot_ids: [],
      public_ip: input.public_networking ? cloud.freePublicAddress() : null,
      private_ip: freePrivateAddress(cloud, checked.vpc),
      user_data: input.user_data,
    });
    for (const volume of input.volumes) cloud.volumes.patch(volume, { droplet_ids: [id] });
    return droplet;
  });
}

function boot(cloud: Cloud, id: string): Promise<void> | undefined {
  const droplet = cloud.droplets.get(id);
  const activate = () => void cloud.droplets.patch(id, { status: "active" });
  const booting = droplet && cloud.machines.createDroplet(droplet);
  if (booting) return booting.then(activate);
  activate();
  return undefined;
}

function remove(cloud: Cloud, id: string): Promise<void> | undefined {
  const number = Number(id);
  const done = cloud.machines.deleteDroplet(number);
  const without = (ids: readonly number[]) => ids.filter((other) => other !== number);
  for (const volume of cloud.volumes.list()) {
    if (volume.droplet_ids.includes(number))
      cloud.volumes.patch(volume.id, { droplet_ids: without(volume.droplet_ids) });
  }
  for (const reserved of cloud.reservedIps.list()) {
    if (reserved.droplet_id === number) cloud.reservedIps.patch(reserved.ip, { droplet_id: null });
  }
  for (const wall of cloud.firewalls.list()) {
    if (wall.droplet_ids.includes(number))
      cloud.firewalls.patch(wall.id, { droplet_ids: without(wall.droplet_ids) });
  }
  for (const balancer of cloud.balancers.list()) {
    if (balancer.droplet_ids.includes(number)) {
      cloud.balancers.patch(balancer.id, { droplet_ids: without(balancer.droplet_ids) });
    }
  }
  forget(cloud, `do:droplet:${id}`);
  cloud.droplets.delete(id);
  return done;
}

const ipv6 = (id: number) => `2001:db8::${(id >>> 16).toString(16)}:${(id & 0xffff).toString(16)}`;
