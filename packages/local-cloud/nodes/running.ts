import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { children, status } from "./proc";
import { defaultStateDir, liveRuns } from "./run-directory";

/** A node of a cloud that runs on this machine, maybe in another process. */
export interface RunningNode {
  readonly name: string;
  /** File of its console. */
  readonly console: string;
  /** Pid of its init; undefined while it is off. */
  readonly init: number | undefined;
}

/** Files of a machine's directory that tell others about it. */
export const nameFile = "name";
export const supervisorFile = "supervisor";
export const consoleFile = "console.log";

/** The nodes of all clouds that run on this machine now. */
export async function runningNodes(stateDir = defaultStateDir): Promise<RunningNode[]> {
  const runs = await liveRuns(stateDir);
  const directories = await Promise.all(
    runs.map(async (run) => (await readdir(run)).map((name) => join(run, name))),
  );
  return directories
    .flat()
    .filter((directory) => existsSync(join(directory, supervisorFile)))
    .map((directory) => ({
      name: readFileSync(join(directory, nameFile), "utf8"),
      console: join(directory, consoleFile),
      init: initOf(Number(readFileSync(join(directory, supervisorFile), "utf8"))),
    }));
}

/** The machine's init below nsenter and nspawn; undefined before it runs. */
export function initOf(supervisor: number): number | undefined {
  const [nspawn] = children(supervisor);
  const [init] = children(nspawn ?? 0);
  if (init === undefined) return undefined;
  const said = status(init);
  return /^Name:\tsystemd$/m.test(said) && /^NSpid:.*\t1$/m.test(said) ? init : undefined;
}

/** The command line that runs a program as root inside the machine with that init. */
export function enter(init: number, argv: readonly string[]): string[] {
  const clean = [
    "env",
    "-i",
    "HOME=/root",
    `TERM=${process.env.TERM ?? "dumb"}`,
    "LANG=C.UTF-8",
    `PATH=${path}`,
  ];
  return [
    "nsenter",
    "-t",
    `${init}`,
    "-m",
    "-u",
    "-i",
    "-n",
    "-p",
    "-C",
    "-r",
    "-w",
    "--",
    ...clean,
    ...argv,
  ];
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
