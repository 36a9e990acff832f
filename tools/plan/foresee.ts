import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { RunFault } from "../engine/execution";
import type { ProgramOptions, ProgramResult } from "../engine/program";
import type { Step } from "./compare";

/** One stack in two versions of the program; a version that is absent has nothing of it. */
export interface Versions {
  readonly before?: ProgramOptions;
  readonly after?: ProgramOptions;
}

/** A change that a hook of the program refuses before anything is done. */
export interface Refusal {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
}

/** What is foreseen of a stack. */
export interface Foreseen {
  readonly before?: ProgramResult;
  readonly after?: ProgramResult;
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
}

export const nothingForeseen: Foreseen = { steps: [], refusals: [] };

/** Faults of the version that is there before, or of the other one. */
export const faultsOf = (version: ProgramResult | undefined): readonly RunFault[] => version?.faults ?? [];

/**
 * Runs the versions of each stack, in as many processes as the machine has processors. Each process goes on to the next
 * stack: to load the packages takes longer than to run a program.
 */
export async function foresee(
  stacks: readonly Versions[],
  { signal, onMessage }: { readonly signal: AbortSignal; readonly onMessage: (line: string) => void },
): Promise<Foreseen[]> {
  const waiting = [...stacks.entries()];
  const found: Foreseen[] = [];
  const work = async () => {
    let child: ChildProcess | undefined;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        child ??= start(signal, onMessage);
        const [index, versions] = next;
        const foreseen = await answer(child, versions);
        found[index] = foreseen;
        // A run that stopped leaves promises behind.
        const spoiled = [foreseen.before, foreseen.after].some((version) => faultsOf(version).length > 0);
        if (spoiled) child = end(child);
      }
    } finally {
      end(child);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), stacks.length) }, work));
  return found;
}

function start(signal: AbortSignal, onMessage: (line: string) => void): ChildProcess {
  const child = fork(join(__dirname, "host.ts"), {
    execArgv: ["--require", require.resolve("tsx/cjs")],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    killSignal: "SIGKILL",
    signal,
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onMessage);
  }
  return child;
}

function end(child: ChildProcess | undefined): undefined {
  child?.disconnect();
  child?.kill("SIGKILL");
}

function answer(child: ChildProcess, versions: Versions): Promise<Foreseen> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`The program's process ended before the program did (exit code ${code}).`));
    child.once("error", reject).once("exit", ended);
    child.once("message", (foreseen: Foreseen) => {
      child.off("error", reject).off("exit", ended);
      resolve(foreseen);
    });
    child.send(versions);
  });
}
