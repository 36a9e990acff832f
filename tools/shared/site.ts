import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { Backend } from "local-cloud";
import type { Held } from "../account/held";
import type { Props } from "../engine/props";

/** Where a site is served on this machine, and what it is called. */
export interface Site {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

/** Where the balancer's HTTPS port is served; null while no servers run. */
export function siteOf(backend: Backend | undefined, held: readonly Held[], { url }: Props): Site | null {
  const balancer = held.find(({ collection }) => collection === "load_balancers");
  const address = balancer ? backend?.balancerAddress(balancer.id, 443) : undefined;
  return address && typeof url === "string" ? { url, ...address } : null;
}

/** Servers have ten minutes for their first start; once it has ended, the site has one. */
const startMs = 600_000;
const afterStartMs = 60_000;

/**
 * Resolves once the site answers.
 * @param started the servers' first start
 * @throws when it does not in time, or the user has had enough.
 */
export async function answering(site: Site, started: Promise<void>, signal: AbortSignal): Promise<void> {
  let deadline = Date.now() + startMs;
  void started.then(() => {
    deadline = Date.now() + afterStartMs;
  });
  while ((await status(site).catch(() => 0)) !== 200) {
    if (signal.aborted) throw new Error("Stopped before the site answered.");
    if (Date.now() > deadline) throw new Error(`${site.url} does not answer.`);
    await sleep(500);
  }
}

/** The line with which the user can see for himself. */
export function curlLine({ url, host, port }: Site, authority: string | null): string {
  const trust = authority ? `--cacert ${authority} ` : "";
  return `curl ${trust}--connect-to ${new URL(url).hostname}:443:${host}:${port} ${url}/`;
}

function status({ url, host, port }: Site): Promise<number> {
  const name = new URL(url).hostname;
  return new Promise((resolve, reject) => {
    // Only whether it answers is asked here; a client that cares verifies the chain.
    const options = {
      host,
      port,
      servername: name,
      headers: { host: name },
      rejectUnauthorized: false,
      timeout: 5000,
    };
    const asked = request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer in time")));
    asked.on("error", reject).end();
  });
}
