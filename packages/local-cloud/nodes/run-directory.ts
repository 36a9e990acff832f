import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run } from "./exec";
import { startTime } from "./proc";

/** Where the machines' disks are while they live, unless told otherwise. */
export const defaultStateDir = "/var/lib/local-cloud";

let runs = 0;

/** A directory for all that one run keeps. Its name says which process owns it. */
export async function makeRunDirectory(stateDir: string): Promise<string> {
  const directory = join(stateDir, `${process.pid}-${startTime(process.pid)}-${++runs}`);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/** The directories of runs whose owner still lives. */
export async function liveRuns(stateDir: string): Promise<string[]> {
  return (await allRuns(stateDir)).filter(isOwned).map((name) => join(stateDir, name));
}

/**
 * Removes what runs left that were killed: their machines and networks ended with them, so that is files, loop
 * devices and control groups. Runs that go on are left alone.
 * @returns how many there were.
 */
export async function cleanUp(stateDir = defaultStateDir): Promise<number> {
  const abandoned = (await allRuns(stateDir)).filter((name) => !isOwned(name));
  for (const name of abandoned) await removeRun(join(stateDir, name));
  return abandoned.length;
}

/** Removes a run's directory and what this machine's kernel keeps for it. */
export async function removeRun(directory: string): Promise<void> {
  for (const { name, "back-file": file } of await loopDevices()) {
    if (file?.startsWith(`${directory}/`)) await run(["losetup", "--detach", name]);
  }
  for (const root of await controlGroups()) {
    const group = join(root, "local-cloud", directory.slice(directory.lastIndexOf("/") + 1));
    if (existsSync(group)) await run(["find", group, "-depth", "-type", "d", "-delete"]);
  }
  await rm(directory, { recursive: true, force: true });
}

async function allRuns(stateDir: string): Promise<string[]> {
  return existsSync(stateDir) ? readdir(stateDir) : [];
}

function isOwned(name: string): boolean {
  const [pid, started] = name.split("-");
  return startTime(Number(pid)) === started;
}

const losetup = z.object({
  loopdevices: z.array(z.object({ name: z.string(), "back-file": z.string().nullish() })),
});

async function loopDevices() {
  const listed = await run(["losetup", "--json", "--list", "--output", "NAME,BACK-FILE"]);
  return listed.trim() ? losetup.parse(JSON.parse(listed)).loopdevices : [];
}

async function controlGroups(): Promise<string[]> {
  const mounts = (await readFile("/proc/mounts", "utf8")).split("\n").map((line) => line.split(" "));
  return mounts.flatMap(([, where, type]) => (type === "cgroup2" && where ? [where] : []));
}
