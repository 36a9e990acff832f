import * as pulumi from "@pulumi/pulumi";
import type { Made } from "../tools/engine/kind";
import { connect, type Engine } from "../tools/engine/monitor";
import type { Props } from "../tools/engine/props";
import { plain, type Registration } from "../tools/engine/registration";
import { settingsByKey } from "../tools/engine/stackfile";

/** Outputs that a provider adds to the inputs; a type that is not here is one the tests do not know. */
const outputs: Readonly<Record<string, (id: number, inputs: Props) => Props>> = {
  "digitalocean:index/vpc:Vpc": (id) => ({ vpcUrn: `do:vpc:${id}` }),
  "digitalocean:index/tag:Tag": () => ({}),
  "digitalocean:index/domain:Domain": (_, { name }) => ({ domainUrn: `do:domain:${name}` }),
  "digitalocean:index/dnsRecord:DnsRecord": () => ({}),
  "digitalocean:index/firewall:Firewall": () => ({}),
  "digitalocean:index/certificate:Certificate": (id) => ({ uuid: `uuid-${id}` }),
  "digitalocean:index/loadBalancer:LoadBalancer": (id) => ({
    ip: "203.0.113.1",
    loadBalancerUrn: `do:loadbalancer:${id}`,
  }),
  "digitalocean:index/droplet:Droplet": (id) => ({
    ipv4Address: `203.0.113.${id % 250}`,
    ipv4AddressPrivate: `10.30.0.${id % 250}`,
    dropletUrn: `do:droplet:${id}`,
  }),
  "digitalocean:index/volume:Volume": (id) => ({ volumeUrn: `do:volume:${id}` }),
  "digitalocean:index/volumeAttachment:VolumeAttachment": () => ({}),
  "digitalocean:index/databaseCluster:DatabaseCluster": (id) => ({
    privateHost: "private-db.example.com",
    port: 25060,
    clusterUrn: `do:dbaas:${id}`,
  }),
  "digitalocean:index/databaseUser:DatabaseUser": () => ({ password: "managed-password" }),
  "digitalocean:index/databaseDb:DatabaseDb": () => ({}),
  "digitalocean:index/databaseFirewall:DatabaseFirewall": () => ({}),
  "digitalocean:index/databaseMysqlConfig:DatabaseMysqlConfig": () => ({}),
  "digitalocean:index/spacesBucket:SpacesBucket": (_, { name }) => ({ bucketUrn: `do:space:${name}` }),
  "digitalocean:index/spacesKey:SpacesKey": (id) => ({
    accessKey: `access-${id}`,
    secretKey: `secret-${id}`,
  }),
  "digitalocean:index/project:Project": () => ({}),
  "digitalocean:index/projectResources:ProjectResources": () => ({}),
  "digitalocean:index/monitorAlert:MonitorAlert": () => ({}),
  "digitalocean:index/uptimeCheck:UptimeCheck": () => ({}),
  "digitalocean:index/uptimeAlert:UptimeAlert": () => ({}),
  "tls:index/privateKey:PrivateKey": (id) => ({ privateKeyPem: `private-key-${id}` }),
  "tls:index/selfSignedCert:SelfSignedCert": (id) => ({ certPem: `root-${id}` }),
  "tls:index/certRequest:CertRequest": (id) => ({ certRequestPem: `request-${id}` }),
  "tls:index/locallySignedCert:LocallySignedCert": (id) => ({ certPem: `leaf-${id}` }),
  "random:index/randomId:RandomId": () => ({ hex: "1a2b3c4d" }),
  "random:index/randomPassword:RandomPassword": (id) => ({ result: `password-${id}` }),
  "sumologic:index/field:Field": () => ({}),
  "sumologic:index/fieldExtractionRule:FieldExtractionRule": () => ({}),
  "sumologic:index/folder:Folder": () => ({}),
  "sumologic:index/monitorFolder:MonitorFolder": () => ({}),
  "sumologic:index/monitor:Monitor": () => ({}),
  "sumologic:index/sloFolder:SloFolder": () => ({}),
  "sumologic:index/slo:Slo": () => ({}),
  "sumologic:index/dashboard:Dashboard": () => ({}),
  "sumologic:index/connection:Connection": () => ({}),
  "sumologic:index/collector:Collector": () => ({}),
  "sumologic:index/httpSource:HttpSource": (id) => ({
    url: `https://collectors.example.com/${id}`,
    token: `${id}`,
  }),
};

const answers: Readonly<Record<string, Props>> = {
  "digitalocean:index/getDatabaseCa:getDatabaseCa": { certificate: "database-root" },
  "sumologic:index/getPersonalFolder:getPersonalFolder": { id: "0000000000000001" },
};

/** What was registered in one run, with the inputs in plain. */
export class Recording {
  constructor(
    readonly resources: readonly (Registration & { readonly plain: Props })[],
    readonly calls: readonly string[],
  ) {}

  /** All resources of a type, told by its last part, such as `Droplet`; components only where asked for. */
  all(type: string, custom = true) {
    return this.resources.filter(
      (resource) => resource.custom === custom && resource.type.endsWith(`:${type}`),
    );
  }

  /** The names of all resources of a type. */
  names(type: string): string[] {
    return this.all(type).map(({ name }) => name);
  }

  /** The one resource of a type with a name. */
  one(type: string, name?: string) {
    const found = this.all(type).filter((resource) => name === undefined || resource.name === name);
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new Error(`${found.length} resources of type ${type}, name ${name}; expected one.`);
    return only;
  }
}

/** `known`: as after an update. `preview`: what only a provider knows is unknown, and nothing may be asked. */
export type Mode = "known" | "preview";
export const modes: readonly Mode[] = ["known", "preview"];

export interface RecordOptions {
  readonly mode?: Mode;
  readonly stack?: string;
  readonly config?: Props;
  /** Makes a resource in earnest; undefined where it leaves it to the recorder. */
  readonly make?: (type: string, inputs: Props) => Promise<Made | undefined>;
}

/**
 * Runs a part of the program and records what it registers; fails on a type or function it does not know.
 * The SDK keeps one program a process, so runs must not overlap.
 */
export async function record(
  program: () => unknown,
  { mode = "known", stack = "test", config = {}, make }: RecordOptions = {},
): Promise<Recording> {
  const resources: (Registration & { plain: Props })[] = [];
  const calls: string[] = [];
  const faults: unknown[] = [];
  const engine: Engine = {
    async register(resource) {
      const inputs = plain(resource.inputs) as Props;
      resources.push({ ...resource, plain: inputs });
      if (!resource.custom) return { id: "", outputs: {} };
      const made = await make?.(resource.type, inputs);
      if (made) return made;
      const added = outputs[resource.type];
      if (added === undefined) throw new Error(`The recorder does not know the type ${resource.type}.`);
      const id = 1000 + resources.length;
      return mode === "preview"
        ? { id: "", outputs: resource.inputs }
        : { id: String(id), outputs: { ...resource.inputs, ...added(id, inputs) } };
    },
    async invoke(token) {
      calls.push(token);
      const answer = answers[token];
      if (answer === undefined) throw new Error(`The recorder does not know the function ${token}.`);
      return answer;
    },
  };
  const fail = (error: unknown) => faults.push(error);
  process.on("unhandledRejection", fail);
  // The SDK takes a stack trace for every promise; mapped to the sources that takes most of the time.
  process.setSourceMapsEnabled(false);
  try {
    await connect(engine, { project: "web-infra", stack, preview: mode === "preview" });
    pulumi.runtime.setAllConfig(settingsByKey(config));
    await pulumi.runtime.runInPulumiStack(async () => program());
    await pulumi.runtime.disconnect();
    // A rejection that nobody awaited shows in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off("unhandledRejection", fail);
    process.setSourceMapsEnabled(true);
  }
  if (faults.length > 0) throw faults[0];
  return new Recording(resources, calls);
}

/** Loads a module anew, as each run of the engine does. */
export function freshly(path: string): unknown {
  delete require.cache[require.resolve(path)];
  return require(path);
}
