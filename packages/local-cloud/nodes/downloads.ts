import type { Backend } from "../core/backend";

/** A file of the internet, as far as the machines see it. */
export interface Download {
  /** Https, without a port of its own. */
  readonly url: string;
  readonly content: Buffer;
}

/** Serves files at their addresses; whatever else is asked for on their hosts is not there. */
export async function serveDownloads(
  backend: Pick<Backend, "publish">,
  downloads: readonly Download[],
): Promise<void> {
  const hosts = new Set(downloads.map(({ url }) => new URL(url).hostname));
  for (const host of hosts) {
    await backend.publish(host, (request, response) => {
      const wanted = new URL(request.url ?? "/", `https://${host}`).href;
      const found = downloads.find(({ url }) => new URL(url).href === wanted);
      if (found) response.end(found.content);
      else response.writeHead(404).end("not found\n");
    });
  }
}
