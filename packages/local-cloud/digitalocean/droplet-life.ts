import { defaultDropletLimit } from "./account";
import { invalid } from "./answers";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";
import { checkDroplet, dropletCreation } from "./droplet-creation";
import { parse } from "./input";
import { whenDone } from "./machines";
import { forget } from "./projects";
import { ensureTags } from "./tags";
import { freePrivateAddress } from "./vpcs";

/** Says what happens when a droplet has booted, and when it is gone. */
export function defineLife(cloud: Cloud): void {
  const { actions, droplets, machines } = cloud;
  actions.define("create", (id) => {
    const droplet = droplets.get(id);
    return whenDone(droplet && machines.createDroplet(droplet), () =>
      droplets.patch(id, { status: "active" }),
    );
  });
  actions.define("destroy", (id) => whenDone(machines.deleteDroplet(Number(id)), () => remove(cloud, id)));
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

/** A droplet takes its place in everything with it; its volumes and reserved addresses stay. */
function remove(cloud: Cloud, id: string): void {
  const { volumes, reservedIps, firewalls, balancers } = cloud;
  const gone = Number(id);
  for (const { id: volume, droplet_ids } of volumes.list()) {
    if (droplet_ids.includes(gone)) volumes.patch(volume, { droplet_ids: [] });
  }
  for (const { ip, droplet_id } of reservedIps.list()) {
    if (droplet_id === gone) reservedIps.patch(ip, { droplet_id: null });
  }
  for (const { id: wall, droplet_ids } of firewalls.list()) {
    if (droplet_ids.includes(gone)) firewalls.patch(wall, { droplet_ids: without(droplet_ids, gone) });
  }
  for (const { id: balancer, droplet_ids } of balancers.list()) {
    if (droplet_ids.includes(gone)) balancers.patch(balancer, { droplet_ids: without(droplet_ids, gone) });
  }
  forget(cloud, `do:droplet:${id}`);
  cloud.droplets.delete(id);
}

const without = (ids: readonly number[], gone: number) => ids.filter((id) => id !== gone);
