import { fork } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ResourceEvent } from "./execution";
import type { ProgramOptions, ProgramResult } from "./program";
import type { Pace } from "./rest";

export interface HostOptions extends ProgramOptions {
  /** Absent: a preview, in which nothing is made and nothing is called. */
  readonly pace?: Pace;
}

export interface RunOptions extends HostOptions {
  readonly onEvent?: (event: ResourceEvent) => void;
  /** Gets each line that the program prints. */
  readonly onMessage?: (line: string) => void;
  /** Ends the run, with a fault. */
  readonly signal?: AbortSignal;
}

interface Report {
  readonly event?: ResourceEvent;
  readonly result?: ProgramResult;
}

/** Runs the unchanged program in a process of its own, so that runs may go side by side. */
export function runProgram({ onEvent, onMessage, signal, ...options }: RunOptions): Promise<ProgramResult> {
  const child = fork(join(__dirname, "host.ts"), {
    cwd: options.directory,
    execArgv: ["--require", require.resolve("tsx/cjs")],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    killSignal: "SIGKILL",
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", (line) => onMessage?.(line));
  }
  child.send(options);
  return new Promise((resolve, reject) => {
    child.on("message", ({ event, result }: Report) => {
      if (event) onEvent?.(event);
      if (result) resolve(result);
    });
    child.once("error", reject);
    child.once("exit", (code, killedBy) => {
      reject(
        new Error(`The program's process ended before the program did (${killedBy ?? `exit code ${code}`}).`),
      );
    });
  });
}
