import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A directory of this process's own, named by its pid; those of processes that were killed are removed. */
export function ownDirectory(parent: string): string {
  const directory = join(parent, `${process.pid}`);
  mkdirSync(directory, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (/^\d+$/.test(name) && !isAlive(Number(name))) rmSync(join(parent, name), { recursive: true });
  }
  return directory;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's
  }
}
