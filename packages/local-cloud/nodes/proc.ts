import { readFileSync } from "node:fs";

/** When a process began, in clock ticks since the boot: with the pid it names one process for good. */
export function startTime(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

/** Pids of the processes that a process started itself. */
export function children(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(" ").filter(Boolean).map(Number);
}

/** What the kernel says of a process; empty once there is none. */
export function status(pid: number): string {
  return read(`/proc/${pid}/status`);
}

/** The process may end at any time, also between a look and a read. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
