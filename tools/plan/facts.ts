import { kindOf } from "../../policy/resource";
import { family } from "../shared/resources";
import replaces from "./replaces.json";

/** What the providers do with a changed input, as their packages say it; tests hold DigitalOcean's against its documents. */

const byType: Readonly<Record<string, readonly string[] | undefined>> = replaces;

/** Inputs that are changed in place in packages whose resources are else made anew by any change. */
const changedInPlace: Readonly<Record<string, readonly string[] | undefined>> = {
  tls: ["earlyRenewalHours"],
  random: [],
};

/** Whether a change of the input makes the provider replace the resource; undefined where the kind is not known here. */
export function forcesReplacement(type: string, input: string): boolean | undefined {
  const inPlace = changedInPlace[family(type)];
  return inPlace ? !inPlace.includes(input) : byType[type]?.includes(input);
}

/** Lists whose order says nothing, by the last part of the type. */
const unordered: Readonly<Record<string, readonly string[] | undefined>> = {
  Certificate: ["domains"],
  DatabaseFirewall: ["rules"],
  Droplet: ["sshKeys", "tags", "volumeIds"],
  Firewall: [
    "destinationAddresses",
    "destinationDropletIds",
    "destinationLoadBalancerUids",
    "destinationTags",
    "dropletIds",
    "inboundRules",
    "outboundRules",
    "sourceAddresses",
    "sourceDropletIds",
    "sourceLoadBalancerUids",
    "sourceTags",
    "tags",
  ],
  LoadBalancer: ["domains", "dropletIds", "forwardingRules"],
  MonitorAlert: ["entities", "tags"],
  Project: ["resources"],
  ProjectResources: ["resources"],
  UptimeCheck: ["regions"],
};
const taggable = ["tags"];

/** Whether the order of a list among the inputs of a DigitalOcean resource says nothing. */
export function isUnordered(type: string, list: string): boolean {
  if (family(type) !== "digitalocean") return false;
  return (unordered[type.slice(type.lastIndexOf(":") + 1)] ?? taggable).includes(list);
}

/** Inputs that providers read off others where the program does not give them. */
const readOff: Readonly<Record<string, readonly string[] | undefined>> = {
  "digitalocean:index/certificate:Certificate": ["domains"],
};

/** Whether it makes no difference that an input is given by one version only. */
export const isReadOff = (type: string, input: string): boolean => readOff[type]?.includes(input) ?? false;

/** What holds data that nothing else has. */
const data = new Set([
  "digitalocean:DatabaseCluster",
  "digitalocean:DatabaseDb",
  "digitalocean:Nfs",
  "digitalocean:SpacesBucket",
  "digitalocean:SpacesBucketObject",
  "digitalocean:Volume",
]);

/** Whether data is lost with such a resource. */
export const holdsData = (type: string): boolean => data.has(kindOf(type));

/** Packages whose providers name what the program does not. */
const namers = new Set(["digitalocean"]);

/**
 * Whether the old one goes before the new one is made, unless the program says otherwise: as soon as the program
 * gives a name, even another one, the provider takes it that two can't have it.
 */
export const deletesFirst = (type: string, name: string): boolean => namers.has(family(type)) && name !== "";
