import { type Role, roles } from "../../config/schema";
import { list, object, type Props, text } from "../engine/props";
import { grouped, objects, type Resource, type Resources, texts } from "./resources";

/** A droplet with all that belongs to it. */
export interface Server {
  readonly urn: string;
  readonly name: string;
  readonly size: string;
  readonly image: string;
  /** How often it is backed up; empty: never. */
  readonly backups: string;
  readonly tags: readonly string[];
  /** Told by its tags, in the order in which a request meets them. */
  readonly roles: readonly Role[];
  readonly firewalls: readonly Resource[];
  /** Sizes of the volumes attached to it, GiB. */
  readonly volumes: readonly string[];
  /** Sumo Logic sources whose addresses are in its user-data. */
  readonly sources: readonly Resource[];
  /** Whether its user-data carries a certificate that the program signed. */
  readonly certified: boolean;
}

/** The role that a tag stands for: `web-infra:dev:app` → `app`. */
export const roleOf = (tag: string): Role | undefined =>
  roles.find((role) => tag.split(":").slice(2).join(":") === role);

export function servers(resources: Resources): Server[] {
  return resources.all("Droplet").map((droplet) => {
    const { urn, inputs } = droplet;
    const tags = texts(inputs, "tags");
    return {
      urn,
      name: text(inputs.name),
      size: text(inputs.size),
      image: text(inputs.image),
      backups: backups(inputs),
      tags,
      roles: roles.filter((role) => tags.some((tag) => roleOf(tag) === role)),
      firewalls: resources
        .all("Firewall")
        .filter(
          (firewall) =>
            texts(firewall.inputs, "tags").some((tag) => tags.includes(tag)) ||
            resources.from(firewall, "dropletIds", "Droplet").includes(droplet),
        ),
      volumes: resources
        .all("VolumeAttachment")
        .filter((attachment) => resources.from(attachment, "dropletId", "Droplet").includes(droplet))
        .flatMap((attachment) => resources.from(attachment, "volumeId", "Volume"))
        .map((volume) => text(volume.inputs.size)),
      sources: resources.from(droplet, "userData", "HttpSource"),
      certified: resources.from(droplet, "userData", "LocallySignedCert").length > 0,
    };
  });
}

function backups({ backups, backupPolicy }: Props): string {
  if (backups !== true) return "";
  return text(object(backupPolicy).plan) || "weekly";
}

/** Servers that differ in nothing but their number: a pool. */
export function alike(all: readonly Server[]): Server[][] {
  return grouped(all, ({ name, size, image, backups, roles, firewalls, volumes, sources, certified }) => [
    name.replace(/-\d+$/, ""),
    [size, image, backups, certified],
    [roles, volumes, sources.map((source) => source.inputs.name ?? "")],
    firewalls.flatMap(({ inputs }) => [list(inputs.inboundRules), list(inputs.outboundRules)]),
  ]);
}

/** Whether a server may send to everyone at a TCP port. */
export function reaches({ firewalls }: Server, port: string): boolean {
  return firewalls
    .flatMap(({ inputs }) => objects(inputs, "outboundRules"))
    .some(
      (rule) =>
        rule.protocol === "tcp" &&
        rule.portRange === port &&
        texts(rule, "destinationAddresses").includes("0.0.0.0/0"),
    );
}
