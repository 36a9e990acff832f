import type { LocalCloud } from "local-cloud";
import type { Held } from "../account/held";
import { inventory } from "../account/inventory";
import type { Props } from "../engine/props";
import type { Servers } from "../servers";
import { outputLines } from "./outputs";
import { curlLine, type Site } from "./site";

/** What is up in a local cloud. */
export interface Report {
  readonly cloud: LocalCloud;
  readonly held: readonly Held[];
  readonly outputs: Props;
  /** File of the internal authority's certificate. */
  readonly authority: string | null;
  /** Where the site is served; null while no servers run. */
  readonly site: Site | null;
  readonly servers: Servers;
  readonly seconds: number;
}

/** One line for programs. */
export function asJson({ cloud, held, outputs, authority, site, seconds }: Report): string {
  const { digitalocean, sumologic } = cloud;
  return JSON.stringify({
    inventory: inventory(held),
    url: outputs.url ?? null,
    address: site && `${site.host}:${site.port}`,
    authority,
    digitalocean,
    sumologic,
    console: cloud.console,
    outputs,
    seconds: rounded(seconds),
  });
}

/** The same for people. */
export function asText({ cloud, held, outputs, authority, site, servers, seconds }: Report): string {
  const { counts } = inventory(held);
  const width = Math.max(...Object.keys(counts).map((collection) => collection.length));
  return [
    "",
    "In the local cloud",
    ...Object.entries(counts).map(
      ([name, count]) => `  ${name.replaceAll("_", " ").padEnd(width)}  ${count}`,
    ),
    `  DigitalOcean is at ${cloud.digitalocean.endpoint}, Sumo Logic at ${cloud.sumologic.endpoint}`,
    "",
    "Outputs",
    ...outputLines(outputs),
    "",
    ...(site
      ? [`The site answers at ${site.host}:${site.port}:`, `  ${curlLine(site, authority)}`]
      : [`No servers run: ${servers.backend ? "there is no balancer" : servers.reason}.`]),
    `The console shows it all: ${cloud.console}`,
    `All up after ${rounded(seconds)} s.`,
  ].join("\n");
}

function rounded(seconds: number): number {
  return Number(seconds.toFixed(1));
}
