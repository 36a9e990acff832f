import * as digitalocean from "@pulumi/digitalocean";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { BucketSpec, DatabaseSpec } from "../cloudinit/server";
import type { Fault } from "../config/faults";
import { type Stack, typeToken } from "./stack";

type OwnDatabase = Exclude<DatabaseSpec, { mode: "managed" }>;

/** How long what was deleted or replaced in the bucket can still be had, in days. */
const regretDays = 7;

export interface BackupsArgs {
  /** Says where the bucket is (a change of its region replaces it), and whether it is protected. */
  readonly stack: Stack;
}

/** Whether the servers' own database is backed up: where that is asked for, else where there is a key to Spaces. */
export function isBackedUp({ database: { mode, backups } }: Stack["settings"]): boolean {
  return mode !== "managed" && (backups.enabled ?? digitalocean.config.spacesAccessId !== undefined);
}

/** What is missing for backups, found out before anything is made. */
export function backupFaults({ settings }: Stack): Fault[] {
  const { spacesAccessId: id, spacesSecretKey: key } = digitalocean.config;
  const { SPACES_ACCESS_KEY_ID, SPACES_SECRET_ACCESS_KEY } = process.env;
  if (!isBackedUp(settings) || ((id ?? SPACES_ACCESS_KEY_ID) && (key ?? SPACES_SECRET_ACCESS_KEY))) return [];
  return [
    {
      path: "database.backups.enabled",
      value: "true",
      limit: "a key to Spaces, which the bucket is made with",
      mend: "Set digitalocean:spacesAccessId and, with --secret, digitalocean:spacesSecretKey; or set it to false.",
    },
  ];
}

/** The bucket that the database servers put their backups into, and what they open it with. */
export class Backups extends pulumi.ComponentResource {
  /** DigitalOcean's URN, for the project. */
  readonly bucketUrn: pulumi.Output<string>;
  /** What opens the bucket and the backups in it: a secret. */
  readonly access: pulumi.Output<BucketSpec>;

  constructor(name: string, { stack }: BackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(typeToken("database", "Backups"), name, {}, opts);
    const { settings, title, protect } = stack;
    const region = settings.database.backups.region ?? settings.region;
    // The names of buckets are everybody's.
    const suffix = new random.RandomId(`${name}-suffix`, { byteLength: 4 }, { parent: this });
    const bucket = new digitalocean.SpacesBucket(
      `${name}-bucket`,
      {
        name: pulumi.interpolate`${title}-backups-${suffix.hex}`,
        region,
        acl: "private",
        versioning: { enabled: true },
        lifecycleRules: [
          {
            id: "regret",
            enabled: true,
            noncurrentVersionExpiration: { days: regretDays },
            abortIncompleteMultipartUploadDays: 1,
          },
        ],
        forceDestroy: !protect,
      },
      { parent: this, protect },
    );
    const passphrase = new random.RandomPassword(
      `${name}-passphrase`,
      { length: 32, special: false },
      { parent: this, protect },
    ).result;
    this.bucketUrn = bucket.bucketUrn;
    this.access = openedWith(keyTo(this, `${name}-key`, stack, bucket.name, "readwrite"), {
      region,
      name: bucket.name,
      passphrase,
    });
    this.registerOutputs({ bucket: bucket.name });
  }
}

/** What opens the backups that a new stack begins with; undefined where it begins with nothing. */
export function restoreSource(
  parent: pulumi.Resource,
  name: string,
  stack: Stack,
): pulumi.Output<OwnDatabase["restore"]> | undefined {
  const { database, region } = stack.settings;
  const from = database.restoreFrom;
  if (!from) return undefined;
  const { bucket, passphrase, at, test } = from;
  // A test notes its outcome there.
  const key = keyTo(parent, name, stack, bucket, test ? "readwrite" : "read");
  return openedWith(key, { region: from.region ?? region, name: bucket, passphrase }).apply((access) => ({
    ...access,
    ...(at !== undefined && { at }),
    ...(test && { test }),
  }));
}

/** A key that opens one bucket and no other. */
const keyTo = (
  parent: pulumi.Resource,
  name: string,
  { title }: Stack,
  bucket: pulumi.Input<string>,
  permission: "read" | "readwrite",
) =>
  new digitalocean.SpacesKey(
    name,
    { name: `${title}-${name}`, grants: [{ bucket, permission }] },
    { parent },
  );

const openedWith = (
  key: digitalocean.SpacesKey,
  place: Record<"region" | "name" | "passphrase", pulumi.Input<string>>,
): pulumi.Output<BucketSpec> =>
  pulumi.secret(
    pulumi
      .all([key.accessKey, key.secretKey, place.region, place.name, place.passphrase])
      .apply(([accessId, secretKey, region, name, passphrase]) => ({
        region,
        name,
        accessId,
        secretKey,
        passphrase,
      })),
  );
