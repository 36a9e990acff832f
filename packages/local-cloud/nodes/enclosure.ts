import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { resolvers } from "./addresses";
import { environment, run } from "./exec";
import { children } from "./proc";

/** The namespaces that everything of one run lives in; they end with this process, even if it is killed. */
export class Enclosure {
  private constructor(
    readonly pid: number,
    private readonly end: () => Promise<void>,
  ) {}

  /** Opens one; `directory` is the run's own. */
  static async open(directory: string): Promise<Enclosure> {
    await writeFile(
      join(directory, "resolv.conf"),
      resolvers.map((address) => `nameserver ${address}\n`).join(""),
    );
    const first = spawn(
      "unshare",
      [
        "--mount",
        "--pid",
        "--net",
        "--fork",
        "--mount-proc",
        "--propagation",
        "private",
        "bash",
        script,
        directory,
      ],
      // A session of its own: Ctrl-C reaches the owner alone, which then closes in order.
      { stdio: ["pipe", "pipe", "pipe"], detached: true, env: environment },
    );
    let said = "";
    first.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const ended = once(first, "exit");
    const ready = await Promise.race([once(first.stdout, "data").then(() => true), ended.then(() => false)]);
    const pid = first.pid === undefined ? undefined : children(first.pid)[0];
    if (!ready || pid === undefined)
      throw new Error(`The machines' namespaces can't be made: ${said.trim()}`);
    return new Enclosure(pid, async () => {
      first.stdin.end();
      await ended;
    });
  }

  /** The command line that runs a program inside, in the network between the hosts. */
  command(argv: readonly string[]): string[] {
    return ["nsenter", "-t", `${this.pid}`, "-m", "-p", "-n", "--", ...argv];
  }

  /** The same, but in the network of this machine. */
  commandOutside(argv: readonly string[]): string[] {
    return ["nsenter", "-t", `${this.pid}`, "-m", "-p", "--", ...argv];
  }

  run(argv: readonly string[], input?: string): Promise<string> {
    return run(this.command(argv), input);
  }

  async close(): Promise<void> {
    await this.end();
  }
}

const script = join(__dirname, "enclosure.sh");
