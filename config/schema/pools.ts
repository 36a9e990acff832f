import { z } from "zod";
import { slug } from "./common";

export const roles = ["web", "app", "db"] as const;
export type Role = (typeof roles)[number];

const pool = z
  .strictObject({
    name: z
      .string()
      .max(20)
      .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/)
      .meta({
        description: "Name of the pool; its servers are called `<name>-1`, `<name>-2`, …",
        limits: "lower-case letters, digits and -, a letter first, at most 20 characters; unique",
        example: "web",
        replaces: "the pool's servers",
      }),
    count: z.int().min(1).max(100).meta({ description: "Number of servers.", example: 3 }),
    roles: z
      .array(z.enum(roles))
      .min(1)
      .meta({
        description:
          "What each server of the pool does: `web` (nginx), `app` (the application), `db` (the database). Every role has to be carried by some pool, `db` only where the database is not managed.",
        example: ["web", "app"],
        replaces: "the pool's servers",
      }),
    size: slug.prefault("s-2vcpu-4gb").meta({
      description:
        "Droplet size. It is changed in place, with the server powered off meanwhile; servers with the role db go one after the other. DigitalOcean refuses a change to a size with a smaller disk than the server was made with.",
      limits: "a DigitalOcean size slug, such as `s-2vcpu-4gb`",
    }),
    image: slug.prefault("debian-12-x64").meta({
      description: "Droplet image; what is installed on the servers is written for Debian 12.",
      limits: "a slug, or the id of a snapshot",
      replaces: "the pool's servers",
    }),
    backups: z.enum(["none", "weekly", "daily"]).default("none").meta({
      description: "DigitalOcean's backups of the droplets (weekly 20 %, daily 30 % of a droplet's price).",
    }),
  })
  .meta({ example: { name: "web", count: 2, roles: ["web"] } });

export const pools = z
  .array(pool)
  .min(1)
  .prefault([{ name: "server", count: 3, roles: ["web", "app", "db"] }])
  .meta({ description: "The servers, in pools of servers alike." });
