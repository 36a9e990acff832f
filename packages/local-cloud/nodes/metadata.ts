import type { RequestListener } from "node:http";
import type { DropletBody } from "../core/backend";
import { type Ipv4Network, macOf, publicNetwork, resolvers } from "./addresses";

/** What the metadata service knows of a droplet, as `/metadata/v1.json` shows it. */
export function metadata(droplet: DropletBody, vpc: Ipv4Network) {
  const nic = (
    type: "public" | "private",
    kind: 0 | 1,
    address: string,
    { netmask, gateway }: Ipv4Network,
  ) => ({
    ipv4: { ip_address: address, netmask, gateway },
    mac: macOf(address, kind),
    type,
  });
  return {
    droplet_id: droplet.id,
    hostname: droplet.name,
    vendor_data: "",
    user_data: droplet.userData,
    public_keys: droplet.sshKeys,
    auth_key: "",
    region: droplet.region,
    interfaces: {
      public: [nic("public", 0, droplet.publicIp, publicNetwork(droplet.publicIp))],
      private: [nic("private", 1, droplet.privateIp, vpc)],
    },
    floating_ip: { ipv4: { active: false } },
    reserved_ip: { ipv4: { active: false } },
    dns: { nameservers: resolvers },
    tags: droplet.tags,
    features: { dhcp_enabled: false },
  };
}

export type Metadata = ReturnType<typeof metadata>;

/** The service itself: each droplet is told about itself alone. */
export function metadataService(whose: (address: string) => Promise<Metadata | undefined>): RequestListener {
  return async (request, response) => {
    const known = await whose(request.socket.remoteAddress ?? "").catch(() => undefined);
    const text = known && page(known, new URL(request.url ?? "/", "http://metadata").pathname);
    if (text === undefined) response.writeHead(404).end("not found");
    else
      response
        .writeHead(200, { "content-type": text.startsWith("{") ? "application/json" : "text/plain" })
        .end(text);
  };
}

/** A page of the service: the document, an index of what is below, or a value. */
export function page(known: Metadata, path: string): string | undefined {
  if (path === "/metadata/v1.json") return JSON.stringify(known);
  const [root, version, ...steps] = path.split("/").filter(Boolean);
  if (root !== "metadata" || version !== "v1") return undefined;
  let at: Tree | undefined = tree(known);
  for (const step of steps) at = typeof at === "object" ? at[step] : undefined;
  if (typeof at !== "object") return at;
  return Object.entries(at)
    .map(([key, value]) => (typeof value === "object" ? `${key}/` : key))
    .join("\n");
}

type Tree = string | { readonly [key: string]: Tree };

function tree(known: Metadata): Tree {
  const nics = (list: Metadata["interfaces"]["public"]) =>
    Object.fromEntries(
      list.map(({ ipv4: { ip_address: address, ...ipv4 }, ...nic }, at) => [
        at,
        { ipv4: { address, ...ipv4 }, ...nic },
      ]),
    );
  return {
    id: `${known.droplet_id}`,
    hostname: known.hostname,
    "user-data": known.user_data,
    "vendor-data": known.vendor_data,
    "public-keys": known.public_keys.join("\n"),
    region: known.region,
    interfaces: { public: nics(known.interfaces.public), private: nics(known.interfaces.private) },
    dns: { nameservers: known.dns.nameservers.join("\n") },
    floating_ip: { ipv4: { active: "false" } },
    reserved_ip: { ipv4: { active: "false" } },
    tags: known.tags.join("\n"),
    features: { dhcp_enabled: "false" },
  };
}
