import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "local-cloud/nodes/exec";
import { buildAgent, hasGo } from "./build";

/** What a server fetches, and what it has to be. */
export interface Pin {
  readonly url: string;
  readonly sha256: string;
}

/** An archive with the agent's program, and where servers fetch it. */
export interface Archive extends Pin {
  readonly content: Buffer;
}

/** Where archives and programs are kept: this user's, and the machine's for all. */
const own = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "local-cloud", "agent");
const folders = [own, "/var/cache/otelcol"];
const program = "otelcol-contrib-0.145.0-built";
const builtArchive = `${program}.tar.gz`;

/** How long a download may take, in milliseconds. */
const patienceMs = 300_000;

/**
 * The pinned archive or, where it can't be had, one with a program that is built of published Go modules: what is in
 * the cache first, then what can be fetched or built. Undefined where there is nothing.
 * @param log told what takes long and what fails
 */
export async function findArchive(pin: Pin, log: (line: string) => void): Promise<Archive | undefined> {
  const name = `${pin.sha256}.tar.gz`;
  if (find(name)) return archive(name, pin.url);
  if (!find(builtArchive) && !find(program)) {
    const failure = await keep(name, (file) => download(pin, file)).catch(reason);
    if (!failure) return archive(name, pin.url);
    log(`The pinned monitoring agent can't be fetched: ${failure}.`);
    if (!(await hasGo())) return undefined;
    log("Building the monitoring agent with Go (once; some minutes).");
    await keep(program, buildAgent);
  }
  if (!find(builtArchive)) await keep(builtArchive, (file) => pack(find(program) ?? "", file));
  return archive(builtArchive, `https://packages.local-cloud.test/${builtArchive}`);
}

const find = (name: string): string | undefined =>
  folders.map((folder) => join(folder, name)).find((file) => existsSync(file));

async function archive(name: string, url: string): Promise<Archive> {
  const content = await readFile(find(name) ?? "");
  return { url, content, sha256: digest(content) };
}

const digest = (content: Buffer): string => createHash("sha256").update(content).digest("hex");

const reason = ({ message, cause }: Error): string => (cause instanceof Error ? cause.message : message);

/** Others may look at the same time: they find all of a file or nothing. */
async function keep(name: string, make: (file: string) => Promise<void>): Promise<void> {
  await mkdir(own, { recursive: true });
  const partial = join(own, `${name}.${process.pid}.partial`);
  await make(partial);
  await rename(partial, join(own, name));
}

async function download({ url, sha256 }: Pin, file: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const content = Buffer.from(await response.arrayBuffer());
  if (digest(content) !== sha256) throw new Error(`${url} does not have the SHA-256 ${sha256}`);
  await writeFile(file, content);
}

async function pack(source: string, file: string): Promise<void> {
  const named = "--transform=s|.*|otelcol-contrib|";
  await run(["tar", "--create", "--gzip", "--absolute-names", named, "--mode=0755", "--file", file, source]);
}
