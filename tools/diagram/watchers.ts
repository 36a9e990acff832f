import { list, object, type Props, text } from "../engine/props";
import { distinct, grouped, objects, type Resource, type Resources, texts } from "./resources";
import { reaches, type Server } from "./servers";

/** What a server's agent sends. */
export interface Telemetry {
  readonly server: Server;
  /** Names of its collectors in Sumo Logic; empty: nobody hears of the server. */
  readonly collectors: readonly string[];
  readonly categories: readonly string[];
}

/** What reads what the collectors take in. */
export interface Reader {
  readonly name: string;
  /** Names of the sources that its queries select. */
  readonly reads: readonly string[];
}

/** DigitalOcean's alerts about one thing. */
export interface Alert {
  /** URNs of what is watched, or the address of a site. */
  readonly watches: readonly string[];
  readonly limits: readonly string[];
}

/** Sends need the source's address in the user-data and a firewall that lets HTTPS out. */
export function telemetry(resources: Resources, servers: readonly Server[]): Telemetry[] {
  return servers.map((server) => {
    const sources = reaches(server, "443") ? server.sources : [];
    const collectors = sources.flatMap((source) => resources.from(source, "collectorId", "Collector"));
    return {
      server,
      collectors: distinct(collectors.map(({ inputs }) => text(inputs.name))),
      categories: distinct(sources.map(({ inputs }) => text(inputs.name))),
    };
  });
}

export function monitors(resources: Resources): Reader[] {
  return resources.all("Monitor").map(({ inputs }) => ({
    name: text(inputs.name),
    reads: sourcesOf(resources, inputs),
  }));
}

export function dashboards(resources: Resources): Reader[] {
  return resources.all("Dashboard").map(({ inputs }) => ({
    // Titles begin with the stack's, which the picture is of.
    name: `${text(inputs.title).split(": ").at(-1)}, ${list(inputs.panels).length} panels`,
    reads: sourcesOf(resources, inputs),
  }));
}

/** The sources that the queries of a monitor or dashboard select by category. */
function sourcesOf(resources: Resources, inputs: Props): string[] {
  const patterns = [...JSON.stringify(inputs).matchAll(/_sourceCategory=([\w./*-]+)/g)].map(
    ([, category = ""]) => new RegExp(`^${category.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`),
  );
  const sources = resources
    .all("HttpSource")
    .filter((source) => patterns.some((pattern) => pattern.test(text(source.inputs.category))));
  return distinct(sources.map((source) => text(source.inputs.name)));
}

/** What DigitalOcean itself watches: servers by tag, the balancer and the database by id, the site by address. */
export function alerts(resources: Resources, servers: readonly Server[]): Alert[] {
  const limits = [
    ...resources.all("MonitorAlert").map((alert) => ({
      watches: watched(resources, servers, alert),
      limit: limit(alert.inputs),
    })),
    ...resources.all("UptimeCheck").flatMap((check) =>
      resources
        .all("UptimeAlert")
        .filter((alert) => resources.from(alert, "checkId", "UptimeCheck").includes(check))
        .map(({ inputs }) => ({ watches: [text(check.inputs.target)], limit: words(text(inputs.type)) })),
    ),
  ];
  return grouped(limits, ({ watches }) => watches).map((same) => ({
    watches: same[0]?.watches ?? [],
    limits: same.map(({ limit }) => limit),
  }));
}

function watched(resources: Resources, servers: readonly Server[], alert: Resource): string[] {
  const tags = texts(alert.inputs, "tags");
  return [
    ...servers.filter((server) => server.tags.some((tag) => tags.includes(tag))).map(({ urn }) => urn),
    ...["Droplet", "LoadBalancer", "DatabaseCluster"]
      .flatMap((kind) => resources.from(alert, "entities", kind))
      .map(({ urn }) => urn),
  ];
}

/** `v1/insights/droplet/memory_utilization_percent` over 90 → `memory > 90`. */
function limit({ type, compare, value }: Props): string {
  const what = text(type).split("/").at(-1) ?? "";
  const sign = compare === "LessThan" ? "<" : ">";
  return `${words(what.replace(/^avg_|_(utilization|percent|alerts)/g, ""))} ${sign} ${text(value)}`;
}

const words = (name: string): string => name.replaceAll("_", " ");

/** Who is told by Sumo Logic's monitors, and who by DigitalOcean. Addresses are people's own: only counted. */
export function told(resources: Resources): { sumoLogic: string[]; digitalOcean: string[] } {
  const notifications = resources
    .all("Monitor")
    .flatMap(({ inputs }) => objects(inputs, "notifications"))
    .map(({ notification }) => object(notification));
  const recipients = [
    ...resources.all("MonitorAlert").map(({ inputs }) => object(inputs.alerts)),
    ...resources.all("UptimeAlert").flatMap(({ inputs }) => objects(inputs, "notifications")),
  ];
  return {
    sumoLogic: distinct(
      notifications.map(({ connectionType }) => text(connectionType).replace("Email", "e-mail")),
    ),
    digitalOcean: distinct(
      recipients.flatMap((to) => [
        ...(list(to.emails).length > 0 ? ["e-mail"] : []),
        ...(list(to.slacks).length > 0 ? ["Slack"] : []),
      ]),
    ),
  };
}
