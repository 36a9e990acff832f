import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { checkBackend } from "./balancer-config";
import type { Enclosure } from "./enclosure";
import { environment } from "./exec";
import { children } from "./proc";

export const configFile = "haproxy.cfg";
const readyMs = 5000;

/** A running haproxy; its directory holds its configuration, its log and its socket. */
export class Haproxy {
  private constructor(
    private readonly directory: string,
    private readonly entered: ChildProcess,
  ) {}

  /**
   * Starts one in this machine's network, from which it enters its balancer's: so it also listens on loopback.
   * @throws when it does not take its configuration.
   */
  static async start(enclosure: Enclosure, directory: string): Promise<Haproxy> {
    const log = openSync(join(directory, "haproxy.log"), "a");
    const [file = "", ...args] = enclosure.commandOutside([
      "haproxy",
      "-W",
      "-f",
      join(directory, configFile),
    ]);
    const entered = spawn(file, args, { stdio: ["ignore", log, log], detached: true, env: environment });
    closeSync(log);
    const haproxy = new Haproxy(directory, entered);
    try {
      await haproxy.worker((pid) => pid !== undefined);
    } catch (fault) {
      await haproxy.stop();
      throw fault;
    }
    return haproxy;
  }

  /** Takes a changed configuration in; connections go on. @throws when it does not take it. */
  async reload(): Promise<void> {
    const before = await this.workerPid();
    this.signal("SIGUSR2");
    await this.worker((pid) => pid !== undefined && pid !== before);
  }

  async stop(): Promise<void> {
    if (this.entered.exitCode !== null) return;
    const ended = once(this.entered, "exit");
    this.signal("SIGTERM");
    await ended;
  }

  /** The servers that its health checks deem fit. */
  async fit(): Promise<Set<string>> {
    const state = await this.ask(`show servers state ${checkBackend}`);
    const rows = state.split("\n").map((line) => line.split(" "));
    const up = rows.filter(
      ([, backend, , , , operational]) => backend === checkBackend && operational === "2",
    );
    return new Set(up.map(([, , , name = ""]) => name));
  }

  private async worker(wanted: (pid: string | undefined) => boolean): Promise<void> {
    const until = Date.now() + readyMs;
    while (!wanted(await this.workerPid())) {
      if (Date.now() > until || this.entered.exitCode !== null) {
        const log = await readFile(join(this.directory, "haproxy.log"), "utf8");
        throw new Error(
          `haproxy does not take its configuration: ${log.trim().split("\n").slice(-3).join(" ")}`,
        );
      }
      await delay(20);
    }
  }

  private workerPid(): Promise<string | undefined> {
    return this.ask("show info").then(
      (info) => /^Pid: (\d+)/m.exec(info)?.[1],
      () => undefined,
    );
  }

  private async ask(command: string): Promise<string> {
    const connection = connect(join(this.directory, "stats.sock"));
    connection.end(`${command}\n`);
    return text(connection);
  }

  /** nsenter stays between this process and haproxy. */
  private signal(name: NodeJS.Signals): void {
    for (const pid of children(this.entered.pid ?? 0)) process.kill(pid, name);
  }
}
