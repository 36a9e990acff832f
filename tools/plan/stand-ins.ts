import { createHash } from "node:crypto";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { type Json, object, type Props } from "../engine/props";

/*
 * A plan has nothing made, and yet wants to compare what is derived from it, such as user-data from a key. So what only
 * a provider knows is stood in for: the same in two versions of a program, another once the resource is replaced.
 */

/** Outputs that providers add to the inputs, of the kinds from which the program derives something. */
const outputs: Readonly<Record<string, readonly string[] | undefined>> = {
  "digitalocean:index/certificate:Certificate": ["uuid"],
  "digitalocean:index/databaseCluster:DatabaseCluster": [
    "clusterUrn",
    "host",
    "port",
    "privateHost",
    "privateUri",
    "uri",
  ],
  "digitalocean:index/databaseUser:DatabaseUser": ["password"],
  "digitalocean:index/domain:Domain": ["domainUrn"],
  "digitalocean:index/droplet:Droplet": ["dropletUrn", "ipv4Address", "ipv4AddressPrivate"],
  "digitalocean:index/loadBalancer:LoadBalancer": ["ip", "loadBalancerUrn"],
  "digitalocean:index/reservedIp:ReservedIp": ["ipAddress", "reservedIpUrn"],
  "digitalocean:index/spacesBucket:SpacesBucket": ["bucketDomainName", "bucketUrn", "endpoint"],
  "digitalocean:index/spacesKey:SpacesKey": ["accessKey", "secretKey"],
  "digitalocean:index/sshKey:SshKey": ["fingerprint"],
  "digitalocean:index/volume:Volume": ["volumeUrn"],
  "digitalocean:index/vpc:Vpc": ["vpcUrn"],
  "random:index/randomId:RandomId": ["b64Std", "b64Url", "dec", "hex"],
  "random:index/randomPassword:RandomPassword": ["result"],
  "random:index/randomString:RandomString": ["result"],
  "random:index/randomUuid:RandomUuid": ["result"],
  "sumologic:index/httpSource:HttpSource": ["token", "url"],
  "tls:index/certRequest:CertRequest": ["certRequestPem"],
  "tls:index/locallySignedCert:LocallySignedCert": ["certPem"],
  "tls:index/privateKey:PrivateKey": [
    "privateKeyOpenssh",
    "privateKeyPem",
    "privateKeyPemPkcs8",
    "publicKeyFingerprintSha256",
    "publicKeyOpenssh",
    "publicKeyPem",
  ],
  "tls:index/selfSignedCert:SelfSignedCert": ["certPem"],
};

const answers: Readonly<Record<string, readonly string[] | undefined>> = {
  "digitalocean:index/getDatabaseCa:getDatabaseCa": ["certificate"],
  "sumologic:index/getPersonalFolder:getPersonalFolder": ["id"],
};

/** Stands for what a resource will be given. @param replaced whether it is made anew by what is planned */
export function standIns(urn: string, type: string, replaced: boolean): { id: string; outputs: Props } {
  const seed = replaced ? `${urn} anew` : urn;
  return {
    id: digits(seed),
    outputs: Object.fromEntries((outputs[type] ?? []).map((name) => [name, shaped(name, `${seed} ${name}`)])),
  };
}

/** Stands for the answer of a provider's function to these arguments. */
export const standInAnswer = (token: string, inputs: Props): Props =>
  Object.fromEntries(
    (answers[token] ?? []).map((name) => [name, standIn(`${token} ${JSON.stringify(inputs)} ${name}`)]),
  );

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const standIn = (seed: string): string => `stand-in-${digest(seed).slice(0, 16)}`;
/** Programs read an address's host. */
const shaped = (name: string, seed: string): string =>
  name === "url" ? `https://stand-in.invalid/${standIn(seed)}` : standIn(seed);
/** Programs turn ids into numbers. */
const digits = (seed: string): string =>
  `999${BigInt(`0x${digest(seed).slice(0, 15)}`) % 10n ** 12n}`.padEnd(15, "0");

const pattern = /stand-in-[0-9a-f]{16}|\b999\d{12}\b/g;

const isStandIn = (text: string): boolean => text.search(pattern) >= 0;

/** The text with words for what is not known yet. */
export const withoutStandIns = (text: string): string => text.replace(pattern, "[known after apply]");

/** The value with the SDK's mark in the place of all that is not known yet. */
export function asUnknown(value: Json): Json {
  if (typeof value === "string" || typeof value === "number")
    return isStandIn(String(value)) ? unknownValue : value;
  if (Array.isArray(value)) return value.map(asUnknown);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(object(value)).map(([key, item]) => [key, asUnknown(item)]));
}
