import { z } from "zod";
import { slug, textOrNumber } from "./common";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const maintenance = z
  .strictObject({
    day: z.enum(days).default("sunday").meta({ description: "Day of the weekly maintenance." }),
    hour: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/)
      .default("03:00:00")
      .meta({ description: "Its start, in UTC.", limits: "`HH:MM:SS`" }),
  })
  .prefault({})
  .meta({ description: "When DigitalOcean may restart the managed database for updates." });

const managed = z
  .strictObject({
    size: slug.prefault("db-s-1vcpu-2gb").meta({
      description: "Size of each node.",
      limits: "a database size slug; 2 GB or more where there is a standby",
    }),
    nodes: z
      .int()
      .min(1)
      .max(3)
      .default(2)
      .meta({ description: "Nodes: one that takes writes, and its standbys." }),
    version: textOrNumber(/^\d+(\.\d+)?$/)
      .prefault("8")
      .meta({ description: "Version of MySQL; it can only go up.", limits: "a version such as `8`" }),
    storageGib: z.int().min(10).max(16384).optional().meta({
      description: "Storage in GiB; without it, what the size includes.",
    }),
    maintenance,
  })
  .prefault({})
  .meta({ description: "DigitalOcean's MySQL, with `database.mode: managed`." });

export const database = z
  .strictObject({
    mode: z.enum(["managed", "cluster", "primary-replica"]).default("primary-replica").meta({
      description:
        "`managed`: DigitalOcean's MySQL 8; `cluster`: MariaDB Galera on the servers with the role db (three or more, an odd number), every one takes writes; `primary-replica`: MariaDB with one writer.",
      replaces: "the database and every server",
    }),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,31}$/)
      .default("app")
      .meta({
        description: "Name of the application's database and of its user.",
        limits:
          "lower-case letters, digits and _, a letter first, at most 32 characters; no name that MySQL uses itself",
        replaces: "the database, and the servers that use or run it",
      }),
    volumeGib: z.int().min(1).max(16384).default(10).meta({
      description: "Size in GiB of the data volume of each server with the role db; it can only grow.",
    }),
    managed,
  })
  .prefault({})
  .meta({ description: "The database." });
