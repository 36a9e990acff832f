import * as pulumi from "@pulumi/pulumi";
import { userData } from "../cloudinit";
import type { ServerSpec } from "../cloudinit/server";
import type { Node } from "../config/derived";
import type { Certificates, KeyPair } from "./certificates";
import type { Database } from "./database";
import type { MonitoringCollector } from "./monitoring-collector";
import type { Stack } from "./stack";

/** Where a server's user-data gets its parts from. */
export interface UserDataSources {
  readonly stack: Stack;
  readonly certificates: Certificates;
  readonly database: Database;
  readonly collector: MonitoringCollector;
}

/** What the settings alone say of a server. */
export function plainSpec(node: Node, { settings, project, stack, site, privateZone }: Stack) {
  const { app, access, environment } = settings;
  return {
    name: node.name,
    label: node.label,
    roles: node.roles,
    memoryMib: node.memoryMib,
    project,
    stack,
    zone: privateZone,
    site,
    vpcRange: settings.network.ipRange,
    environment,
    access,
    app,
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
    .all([
      certificates.authority,
      plain(leaf),
      site && plain(site),
      database.spec(volumeName(node)),
      collector.sources,
    ])
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

/** Name of a server's data volume; the server finds its device by it. */
export const volumeName = (node: Node): string => `${node.name}-data`;

const plain = ({ certificate, privateKey }: KeyPair) =>
  pulumi
    .all([certificate, privateKey])
    .apply(([certificatePem, keyPem]) => ({ certificate: certificatePem, privateKey: keyPem }));
