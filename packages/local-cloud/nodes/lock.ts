import { spawn } from "node:child_process";
import { once } from "node:events";

/** Does the work while holding a lock on a file, which any process of this machine may wait for. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn("flock", [file, "sh", "-c", "echo held; cat"], { stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  try {
    return await work();
  } finally {
    holder.stdin.end();
    await once(holder, "exit");
  }
}
