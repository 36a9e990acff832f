import { list, object, type Props, text } from "../engine/props";
import type { Api } from "../engine/rest";
import { type Held, sdkType } from "./held";

interface Collection {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  /** Key of the list in the answer; the name by default. */
  readonly key?: string;
  /** The state's id; the object's by default. */
  readonly id?: (object: Props) => string;
  readonly title?: (object: Props) => string;
  /** The last part of the path of one; the id by default. */
  readonly segment?: (object: Props) => string;
  /** What is not the user's: made by DigitalOcean itself. */
  readonly own?: (object: Props) => boolean;
}

const byName = ({ name }: Props) => text(name);
const byUuid = ({ uuid }: Props) => text(uuid);
const byId = ({ id }: Props) => text(id);

const collections: readonly Collection[] = [
  { name: "droplets", kind: "Droplet", path: "/v2/droplets" },
  { name: "load_balancers", kind: "LoadBalancer", path: "/v2/load_balancers" },
  { name: "firewalls", kind: "Firewall", path: "/v2/firewalls" },
  { name: "certificates", kind: "Certificate", path: "/v2/certificates", id: byName, segment: byId },
  { name: "volumes", kind: "Volume", path: "/v2/volumes" },
  { name: "databases", kind: "DatabaseCluster", path: "/v2/databases" },
  {
    name: "reserved_ips",
    kind: "ReservedIp",
    path: "/v2/reserved_ips",
    id: ({ ip }) => text(ip),
    title: ({ ip }) => text(ip),
  },
  { name: "domains", kind: "Domain", path: "/v2/domains", id: byName },
  { name: "tags", kind: "Tag", path: "/v2/tags", id: byName },
  { name: "vpcs", kind: "Vpc", path: "/v2/vpcs", own: (vpc) => vpc.default === true },
  { name: "ssh_keys", kind: "SshKey", path: "/v2/account/keys" },
  {
    name: "spaces_keys",
    kind: "SpacesKey",
    path: "/v2/spaces/keys",
    key: "keys",
    id: ({ access_key }) => text(access_key),
  },
  { name: "projects", kind: "Project", path: "/v2/projects", own: (project) => project.is_default === true },
  {
    name: "alerts",
    kind: "MonitorAlert",
    path: "/v2/monitoring/alerts",
    key: "policies",
    id: byUuid,
    title: ({ description }) => text(description),
  },
  { name: "uptime_checks", kind: "UptimeCheck", path: "/v2/uptime/checks", key: "checks" },
];

/** Everything of a user's in a DigitalOcean account that a stack can be made of. */
export async function listDigitalOcean(api: Api): Promise<Held[]> {
  const held: Held[] = [];
  for (const collection of collections) held.push(...(await listOne(api, collection)));
  for (const owner of held.filter((one) => one.collection === "domains")) {
    held.push(...(await records(api, owner)));
  }
  return held;
}

async function listOne(api: Api, collection: Collection): Promise<Held[]> {
  const { name, kind, path, key = name, id = byId, title = byName, segment = id, own } = collection;
  const objects = await pages(api, path, key);
  return objects
    .filter((object) => !own?.(object))
    .map((object) => ({
      collection: name,
      type: sdkType("digitalocean", kind),
      id: id(object),
      name: title(object),
      tags: list(object.tags).map(text),
      hosts: list(object.dns_names).map(text),
      path: `${path}/${encodeURIComponent(segment(object))}`,
    }));
}

async function records(api: Api, owner: Held): Promise<Held[]> {
  const path = `${owner.path}/records`;
  // A zone comes with its name servers and its beginning.
  const objects = (await pages(api, path, "domain_records")).filter(
    ({ type }) => type !== "NS" && type !== "SOA",
  );
  return objects.map((record) => ({
    collection: "domain_records",
    type: sdkType("digitalocean", "DnsRecord"),
    id: text(record.id),
    name: record.name === "@" ? owner.name : `${text(record.name)}.${owner.name}`,
    tags: [],
    owner,
    path: `${path}/${text(record.id)}`,
  }));
}

const perPage = 200;

async function pages(api: Api, path: string, key: string): Promise<Props[]> {
  const found: Props[] = [];
  for (let page = 1; ; page++) {
    const answer = await api.call("GET", `${path}?page=${page}&per_page=${perPage}`);
    const objects = list(answer[key]).map(object);
    found.push(...objects);
    if (objects.length < perPage) return found;
  }
}
