import { z } from "zod";
import { secret, slug, textOrNumber } from "./common";

const modes = ["managed", "cluster", "primary-replica"] as const;

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

/** Where there are buckets. */
export const spacesRegions = [
  "ams3",
  "atl1",
  "blr1",
  "fra1",
  "lon1",
  "nyc3",
  "sfo2",
  "sfo3",
  "sgp1",
  "syd1",
  "tor1",
] as const;
const spacesRegion = z.enum(spacesRegions);

const backups = z
  .strictObject({
    enabled: z.boolean().optional().meta({
      description:
        "Whether the servers' own database is backed up to a Spaces bucket; without it, where the stack's config has a Spaces key (`digitalocean:spacesAccessId`). A managed database has DigitalOcean's own backups.",
      replaces: "the servers with the role db; switched off, the bucket goes",
    }),
    region: spacesRegion.optional().meta({
      description:
        "Region of the bucket; without it, the stack's own. Another one outlives the loss of a region.",
      limits: `a region with Spaces: ${spacesRegions.join(", ")}`,
      replaces: "the bucket, and the servers with the role db",
    }),
    hour: z.int().min(0).max(23).default(3).meta({
      description: "Hour of the day, UTC, from which on a full backup is due.",
      replaces: "the servers with the role db",
    }),
    retentionDays: z.int().min(1).max(365).default(14).meta({
      description: "Days for which backups are kept; any moment of them can be restored.",
      replaces: "the servers with the role db",
    }),
  })
  .prefault({})
  .meta({ description: "Backups of the database that the servers run." });

const restoreFrom = z
  .strictObject({
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/)
      .meta({
        description: "Bucket of the backups, which the output `backups` of their stack names.",
        limits: "the name of a Spaces bucket",
        example: "web-infra-prod-backups-1a2b3c4d",
      }),
    region: spacesRegion.optional().meta({
      description: "Region of that bucket; without it, the stack's own.",
      limits: "a region with Spaces",
    }),
    passphrase: secret("Passphrase of the backups, from the same output."),
    at: z.iso.datetime({ offset: true, precision: 0 }).optional().meta({
      description: "Moment to go back to; without it, the newest there is.",
      limits: "a time such as `2026-11-21T10:00:00Z`, in whole seconds",
    }),
    test: z.boolean().default(false).meta({
      description:
        "Whether it is a test: every table is checked, and the outcome is noted in that bucket. `npm run restore-test` sets it.",
    }),
  })
  .optional()
  .meta({
    description:
      "Backups that the database of a new stack begins with. A volume with data is never restored over.",
    replaces: "the first server with the role db",
  });

export const database = z
  .strictObject({
    mode: z.enum(modes).default("primary-replica").meta({
      description:
        "`managed`: DigitalOcean's MySQL 8; `cluster`: MariaDB Galera on the servers with the role db (three or more, an odd number, in one pool), every one takes writes; `primary-replica`: MariaDB with one writer.",
      replaces: "the database and every server",
    }),
    previousMode: z.enum(modes).optional().meta({
      description:
        "The mode that the stack's data was taken from by a dump. A change of `database.mode` deletes the former database, and is refused without this.",
    }),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,26}$/)
      .default("app")
      .meta({
        description: "Name of the application's database, and the start of its accounts' names.",
        limits:
          "lower-case letters, digits and _, a letter first, at most 27 characters; no name that MySQL uses itself",
        replaces: "nothing: it is refused, as the data does not follow",
      }),
    passwordGeneration: z.int().min(1).max(9998).default(1).meta({
      description:
        "Which turn of passwords it is. One more changes the passwords of all accounts that come over the network: the servers go over to the new ones one after the other, while the former still hold; those before them end.",
      limits: "1 to 9998, one more at a time",
      replaces: "the servers that use or run the database, one after the other",
    }),
    volumeGib: z.int().min(1).max(16384).default(10).meta({
      description: "Size in GiB of the data volume of each server with the role db; it can only grow.",
    }),
    managed,
    backups,
    restoreFrom,
  })
  .prefault({})
  .meta({ description: "The database." });
