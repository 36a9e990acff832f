import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showAction } from "./actions";
import { found, invalid, page } from "./answers";
import { type BackupPolicy, backupPolicy } from "./backups";
import { findSize } from "./catalog/sizes";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";
import { hostName } from "./droplet-creation";
import { startOn } from "./droplet-life";
import { findImage, takeSnapshot } from "./images";
import { parse } from "./input";
import { type PowerAction, whenDone } from "./machines";

const powerActions = ["power_on", "power_off", "shutdown", "reboot", "power_cycle"] as const;
const image = z.union([z.string(), z.int()]).transform(String);

const request = z.discriminatedUnion(
  "type",
  [
    z.object({ type: z.enum(powerActions) }),
    z.object({
      type: z.enum(["disable_backups", "enable_ipv6", "enable_private_networking", "password_reset"]),
    }),
    z.object({ type: z.literal("enable_backups"), backup_policy: backupPolicy.nullish() }),
    z.object({ type: z.literal("change_backup_policy"), backup_policy: backupPolicy }),
    z.object({ type: z.literal("rename"), name: hostName }),
    z.object({ type: z.literal("resize"), size: z.string(), disk: z.boolean().default(false) }),
    z.object({ type: z.literal("snapshot"), name: z.string().optional() }),
    z.object({ type: z.enum(["rebuild", "restore"]), image }),
  ],
  "is not a valid action",
);

type Request = z.output<typeof request>;
type ById = { Params: { id: string } };

export function addDropletActions(app: FastifyInstance, cloud: Cloud): void {
  const { droplets, actions } = cloud;
  defineEffects(cloud);

  app.post<{ Querystring: { tag_name?: string } }>("/v2/droplets/actions", (call, reply) => {
    const { tag_name: tag } = call.query;
    if (!tag) throw invalid("tag_name is required");
    const input = parse(request, call.body);
    const tagged = droplets.list().filter((droplet) => droplet.tags.includes(tag));
    return reply
      .status(201)
      .send({ actions: tagged.map((droplet) => showAction(start(cloud, droplet, input))) });
  });
  app.get<ById>("/v2/droplets/:id/actions", (call) => {
    const { id } = found(droplets.get(call.params.id));
    return page(call, "actions", actions.thatLock(id), showAction);
  });
  app.post<ById>("/v2/droplets/:id/actions", (call, reply) => {
    const droplet = found(droplets.get(call.params.id));
    const action = start(cloud, droplet, parse(request, call.body));
    return reply.status(201).send({ action: showAction(action) });
  });
  app.get<{ Params: { id: string; action: string } }>("/v2/droplets/:id/actions/:action", (call) => {
    const action = found(actions.all.get(call.params.action));
    return { action: showAction(found(String(action.droplet) === call.params.id ? action : undefined)) };
  });
}

function start(cloud: Cloud, droplet: Droplet, input: Request) {
  if (droplet.locked) throw invalid("Droplet already has a pending event.");
  check(cloud, droplet, input);
  return startOn(cloud, droplet, input.type, input.type, latencyOf(input.type), input);
}

function check(cloud: Cloud, droplet: Droplet, input: Request): void {
  if (input.type === "power_on" && droplet.status === "active")
    throw invalid("Droplet is already powered on.");
  // A shutdown is but asked for: one that is off already has nothing to say.
  if (input.type === "power_off" && droplet.status === "off") {
    throw invalid("Droplet is already powered off.");
  }
  if (input.type === "change_backup_policy" && !droplet.backup_policy) {
    throw invalid("Backups must be enabled to change the backup policy.");
  }
  if (input.type === "resize") checkResize(droplet, input.size, input.disk);
  if ((input.type === "rebuild" || input.type === "restore") && !findImage(cloud, input.image)) {
    throw invalid("You specified an invalid image.");
  }
}

function checkResize(droplet: Droplet, slug: string, disk: boolean): void {
  const size = findSize(slug);
  if (!size) throw invalid("You specified an invalid size for Droplet resize.");
  if (droplet.status !== "off") throw invalid("Droplet must be powered off before it can be resized.");
  if (size.disk < droplet.disk) throw invalid("This size is not available because it has a smaller disk.");
  if (disk && size.disk === droplet.disk && slug === droplet.size)
    throw invalid("This Droplet already has this size.");
}

function latencyOf(type: Request["type"]): string {
  if ((powerActions as readonly string[]).includes(type)) return "power";
  return type === "resize" || type === "snapshot" ? type : "action";
}

function defineEffects(cloud: Cloud): void {
  const { droplets, actions } = cloud;
  const feature = (id: string, name: string, on: boolean) => {
    const others = droplets.get(id)?.features.filter((other) => other !== name) ?? [];
    droplets.patch(id, { features: on ? [...others, name] : others });
  };
  for (const type of powerActions) actions.define(type, (id) => power(cloud, id, type));
  actions.define("rename", (id, { name }: { name: string }) => droplets.patch(id, { name }));
  actions.define("resize", (id, { size, disk }: { size: string; disk: boolean }) => {
    droplets.patch(id, { size, ...(disk ? { disk: findSize(size)?.disk } : {}) });
  });
  const setPolicy = (id: string, policy: BackupPolicy | null) => {
    droplets.patch(id, { backup_policy: policy });
    feature(id, "backups", policy !== null);
  };
  actions.define("enable_backups", (id, { backup_policy }: { backup_policy?: BackupPolicy }) =>
    setPolicy(id, backup_policy ?? backupPolicy.parse({ plan: "weekly" })),
  );
  actions.define("change_backup_policy", (id, { backup_policy }: { backup_policy: BackupPolicy }) =>
    setPolicy(id, backup_policy),
  );
  actions.define("disable_backups", (id) => setPolicy(id, null));
  actions.define("enable_ipv6", (id) => feature(id, "ipv6", true));
  actions.define("enable_private_networking", (id) => feature(id, "private_networking", true));
  actions.define("password_reset", (id) => power(cloud, id, "reboot"));
  actions.define("snapshot", (id, { name }: { name?: string }) => takeSnapshot(cloud, id, name));
  for (const type of ["rebuild", "restore"]) {
    actions.define(type, (id, input: { image: string }) => rebuild(cloud, id, input.image));
  }
}

function power(cloud: Cloud, id: string, action: PowerAction): Promise<void> | undefined {
  const status = action === "power_off" || action === "shutdown" ? "off" : "active";
  return whenDone(cloud.machines.power(Number(id), action), () => cloud.droplets.patch(id, { status }));
}

/** A rebuilt droplet is a new machine under the same id and addresses. */
async function rebuild(cloud: Cloud, id: string, slug: string): Promise<void> {
  const to = findImage(cloud, slug);
  const droplet = to && cloud.droplets.patch(id, { image: to });
  if (!droplet) return;
  await cloud.machines.deleteDroplet(droplet.id);
  await cloud.machines.createDroplet(droplet);
  cloud.droplets.patch(id, { status: "active" });
}
