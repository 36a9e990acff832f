import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { maxUserDataBytes, userData } from "../cloudinit";
import type { ServerSpec } from "../cloudinit/server";
import type { Node } from "../config/derived";
import type { Fault } from "../config/faults";
import { isBackedUp } from "./backups";
import type { Certificates, KeyPair } from "./certificates";
import type { Database } from "./database";
import { type MonitoringCollector, sourceCategories } from "./monitoring-collector";
import type { Stack } from "./stack";

/** Where a server's user-data gets its parts from. */
export interface UserDataSources {
  readonly stack: Stack;
  readonly certificates: Certificates;
  readonly database: Database;
  readonly collector: MonitoringCollector;
}

/** What the settings alone say of a server. */
export function plainSpec(node: Node, { settings, project, stack, site, privateZone, nodes }: Stack) {
  const { app, access, environment } = settings;
  return {
    name: node.name,
    label: node.label,
    roles: node.roles,
    project,
    stack,
    zone: privateZone,
    site,
    vpcRange: settings.network.ipRange,
    environment,
    access,
    app,
    readsManagedDatabase: node.label === nodes.find(({ roles }) => roles.includes("app"))?.label,
    agent: settings.monitoring.agent,
  };
}

/** The user-data of a server, as a secret: it carries the server's keys and passwords. */
export function serverUserData(node: Node, sources: UserDataSources): pulumi.Output<string> {
  const { stack, certificates, database, collector } = sources;
  const spec = plainSpec(node, stack);
  const isWeb = node.roles.includes("web");
  const names = [node.label, ...node.roles].map((name) => `${name}.${spec.zone}`);
  const leaf = certificates.issue(node.label, [...names, "localhost", ...(isWeb ? [spec.site] : [])]);
  const site = isWeb ? certificates.siteKeyPair : undefined;

  const rendered = pulumi
    .all([certificates.authority, plain(leaf), site && plain(site), database.spec(node), collector.sources])
    .apply(([authority, own, passthrough, databaseSpec, sourceUrls]) =>
      userData({
        ...spec,
        tls: { authority, ...own, ...(passthrough ? { passthrough } : {}) } satisfies ServerSpec["tls"],
        database: databaseSpec,
        sources: sourceUrls,
      }),
    );
  return pulumi.secret(rendered);
}

/**
 * What is wrong with the size of the servers' user-data, found out before anything is made. Keys and addresses
 * that are not there yet are stood in for by text as long as they may get.
 */
export function userDataFaults(stack: Stack): Fault[] {
  return stack.settings.pools.flatMap(({ name }, index) => {
    const node = stack.nodes.find(({ pool }) => pool === name);
    const bytes = node === undefined ? 0 : Buffer.byteLength(userData(longestSpec(node, stack)));
    if (bytes <= maxUserDataBytes) return [];
    return [
      {
        path: `pools[${index}]`,
        value: `${bytes} bytes of user-data`,
        limit: `${maxUserDataBytes} bytes, what DigitalOcean takes`,
        mend: "Shorten app.environment (a release can bring large settings with it) or access.sshKeys.",
      },
    ];
  });
}

function longestSpec(node: Node, stack: Stack): ServerSpec {
  const { name, mode, passwordGeneration: generation } = stack.settings.database;
  const { custom } = stack.settings.tls;
  const pair = { certificate: filler(custom ? 8192 : 2048), privateKey: filler(custom ? 4096 : 2048) };
  const account = { name, user: `${name}_${generation}`, password: filler(32) };
  const urls = sourceCategories(node.roles).map((category) => [
    category,
    `https://sumologic.com/${filler(512)}`,
  ]);
  return {
    ...plainSpec(node, stack),
    tls: {
      authority: filler(1024),
      certificate: filler(1024),
      privateKey: filler(512),
      ...(stack.settings.tls.backend === "passthrough" ? { passthrough: pair } : {}),
    },
    database:
      mode === "managed"
        ? { ...account, mode, host: filler(253), port: 65535, authority: filler(2048) }
        : {
            ...account,
            mode,
            generation,
            ...ownPasswords,
            volume: volumeName(node, stack),
            ...longestBackups(stack),
          },
    sources: Object.fromEntries(urls),
  };
}

const ownPasswords = {
  nextPassword: filler(32),
  replicationPassword: filler(32),
  nextReplicationPassword: filler(32),
};

const longestBucket = {
  region: "nyc3",
  name: filler(63),
  accessId: filler(64),
  secretKey: filler(64),
  passphrase: filler(32),
};

const longestBackups = ({ settings }: Stack) => ({
  ...(isBackedUp(settings) && { backups: { ...longestBucket, hour: 23, retentionDays: 365 } }),
  ...(settings.database.restoreFrom && {
    restore: { ...longestBucket, at: filler(25), test: true as const },
  }),
});

/** Text that does not shrink when it is packed. */
function filler(length: number): string {
  const blocks = Array.from({ length: Math.ceil(length / 44) }, (_, index) =>
    createHash("sha256").update(String(index)).digest("base64"),
  );
  return blocks.join("").slice(0, length);
}

/** Name of a server's data volume, by which the server finds its device. Another mode begins with another volume. */
export const volumeName = ({ name }: Node, { settings }: Stack): string =>
  `${name}-${settings.database.mode}`;

const plain = ({ certificate, privateKey }: KeyPair) =>
  pulumi
    .all([certificate, privateKey])
    .apply(([certificatePem, keyPem]) => ({ certificate: certificatePem, privateKey: keyPem }));
