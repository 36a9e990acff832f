import { object, type Props, text } from "../engine/props";
import type { Price, Prices } from "./prices";

/** A part of what a resource costs. */
export interface Part {
  /** What is paid for. */
  readonly what: string;
  /** Null: nobody here knows. */
  readonly price: Price | null;
}

type Rate = (props: Props, prices: Prices) => Part[];

/** What the resources with a price of their own consist of. */
export const rates: Readonly<Record<string, Rate>> = {
  "digitalocean:Droplet": (props, { droplets, backups }) => {
    const size = text(props.size);
    const price = droplets[size];
    const server: Part = { what: size, price: price ?? null };
    if (props.backups !== true) return [server];
    // Without a policy DigitalOcean takes the weekly plan.
    const plan = text(object(props.backupPolicy).plan) || "weekly";
    return [server, { what: `${plan} backups`, price: times(price, backups[plan]) }];
  },
  "digitalocean:LoadBalancer": ({ sizeUnit, type }, { balancerUnit }) => {
    const units = Number(sizeUnit ?? 1);
    const isRegional = ["REGIONAL_NETWORK", "GLOBAL"].every((other) => type !== other);
    return [{ what: counted(units, "unit"), price: times(isRegional ? balancerUnit : undefined, units) }];
  },
  "digitalocean:DatabaseCluster": ({ engine, size, nodeCount, storageSizeMib }, { mysql }) => {
    const nodes = Number(nodeCount);
    const price = times(engine === "mysql" ? mysql[text(size)] : undefined, nodes);
    const all: Part = {
      what: `${text(size)}, ${counted(nodes, "node")}`,
      price: price && nodes > 1 ? { ...price, certainty: "low" } : price,
    };
    const storage = Number(storageSizeMib);
    return storage > 0 ? [all, { what: `${storage / 1024} GiB of storage`, price: null }] : [all];
  },
  "digitalocean:Volume": ({ size }, { volumeGib }) => [
    { what: `${Number(size)} GiB`, price: times(volumeGib, Number(size)) },
  ],
  "digitalocean:SpacesBucket": (_props, { spaces }) => [
    { what: "Spaces, with 250 GiB for the whole account", price: spaces },
  ],
  "digitalocean:UptimeCheck": (_props, { uptimeCheck }) => [{ what: "check", price: uptimeCheck }],
  "sumologic:Collector": () => [{ what: "what it sends, by contract", price: null }],
};

const freeKinds: Readonly<Record<string, readonly string[]>> = {
  digitalocean: [
    "Certificate",
    "DatabaseDb",
    "DatabaseFirewall",
    "DatabaseMysqlConfig",
    "DatabaseUser",
    "DnsRecord",
    "Domain",
    "Firewall",
    "MonitorAlert",
    "Project",
    "ProjectResources",
    "SpacesKey",
    "SshKey",
    "Tag",
    "UptimeAlert",
    "VolumeAttachment",
    "Vpc",
  ],
  sumologic: [
    "Connection",
    "Dashboard",
    "Field",
    "FieldExtractionRule",
    "Folder",
    "HttpSource",
    "Monitor",
    "MonitorFolder",
    "Slo",
    "SloFolder",
  ],
};

/** Whether a kind, such as `digitalocean:Tag`, is known to cost nothing by itself. */
export function isFree(kind: string): boolean {
  const [family = "", name = ""] = kind.split(":");
  return ["pulumi", "tls", "random"].includes(family) || (freeKinds[family]?.includes(name) ?? false);
}

const times = (price: Price | undefined, count: number | undefined): Price | null =>
  price && count !== undefined && Number.isFinite(count)
    ? { ...price, monthly: price.monthly * count }
    : null;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
