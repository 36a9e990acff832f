import { createReadStream } from "node:fs";
import { mkdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { dirname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import { run } from "./exec";

/** The names that Debian's servers and their package lists use; the network's resolvers point them at the mirror. */
export const mirrorNames = ["deb.debian.org", "security.debian.org"];

/** How long an index may be served without asking upstream again, in milliseconds. */
const freshMs = 60_000;

/** How long upstream may take for a file, in milliseconds. */
const timeoutMs = 120_000;

/**
 * A caching Debian mirror: answers `/debian/…` and `/debian-security/…`, fetching what it lacks from the mirrors
 * that this machine's own apt is configured with.
 */
export class Mirror {
  private readonly fetching = new Map<string, Promise<void>>();
  private upstream?: Promise<ReadonlyMap<string, string>>;

  constructor(private readonly directory: string) {}

  readonly handle: RequestListener = (request, response) => {
    this.answer(request, response).catch((error: Error) => {
      response.writeHead(502).end(`${error.message}\n`);
    });
  };

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://mirror").pathname));
    const archive = path.split("/")[1] ?? "";
    const upstream = (await this.upstreams()).get(archive);
    if (upstream === undefined) return void response.writeHead(404).end();

    const file = join(this.directory, path);
    if (!(await isFresh(file))) await this.fetch(`${upstream}${path.slice(archive.length + 1)}`, file);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return void response.writeHead(404).end();
    const unchanged =
      Date.parse(request.headers["if-modified-since"] ?? "") >= Math.floor(found.mtimeMs / 1000) * 1000;
    if (unchanged) return void response.writeHead(304).end();
    response.writeHead(200, { "content-length": found.size, "last-modified": found.mtime.toUTCString() });
    if (request.method === "HEAD") return void response.end();
    createReadStream(file)
      .on("error", (error) => response.destroy(error))
      .pipe(response);
  }

  /** Fetches once, however many ask; what is there already stays when upstream does not answer. */
  private fetch(url: string, file: string): Promise<void> {
    const running = this.fetching.get(file) ?? download(url, file).finally(() => this.fetching.delete(file));
    this.fetching.set(file, running);
    return running;
  }

  private upstreams(): Promise<ReadonlyMap<string, string>> {
    this.upstream ??= configuredMirrors();
    return this.upstream;
  }
}

async function isFresh(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  const neverChanges = /\/(pool|by-hash)\//.test(file);
  return found !== undefined && (neverChanges || Date.now() - found.ctimeMs < freshMs);
}

/**
 * Brings a file up to date. Where upstream has none, or does not answer, what is in the cache decides.
 * @throws where upstream does not answer, and nothing is in the cache
 */
async function download(url: string, file: string): Promise<void> {
  const known = await stat(file).catch(() => undefined);
  const headers = new Headers({ "accept-encoding": "identity" });
  if (known) headers.set("if-modified-since", known.mtime.toUTCString());
  const failed = (why: string) => {
    if (!known) throw new Error(`${url}: ${why}`);
  };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) }).catch(
    ({ message, cause = message }: Error) => failed(String(cause)),
  );
  if (response?.status === 304 && known) await utimes(file, new Date(), known.mtime);
  if (response && response.status >= 500) failed(`${response.status} ${response.statusText}`);
  if (!response?.ok || !response.body) return;
  const partial = `${file}.${process.pid}.partial`;
  await mkdir(dirname(file), { recursive: true });
  const modified = new Date(response.headers.get("last-modified") ?? Date.now());
  await writeFile(partial, Readable.fromWeb(response.body))
    .then(() => utimes(partial, new Date(), modified))
    .then(() => rename(partial, file))
    .catch(() => rm(partial, { force: true }));
}

/** This machine's mirrors of Debian by archive, without a slash at the end; Debian's own where it has none. */
async function configuredMirrors(): Promise<ReadonlyMap<string, string>> {
  const listed = await run([
    "apt-get",
    "indextargets",
    "--format",
    "$(RELEASE) $(REPO_URI)",
    "Created-By: Packages",
  ]);
  const configured = new Map(
    listed.split("\n").map((line) => line.split(" ", 2) as [string, string | undefined]),
  );
  const mirrorOf = (suite: string, fallback: string) =>
    (configured.get(suite) ?? fallback).replace(/\/$/, "");
  return new Map([
    ["debian", mirrorOf("bookworm", "http://deb.debian.org/debian")],
    ["debian-security", mirrorOf("bookworm-security", "http://deb.debian.org/debian-security")],
  ]);
}
