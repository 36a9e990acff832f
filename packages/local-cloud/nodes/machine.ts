import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Enclosure } from "./enclosure";
import { environment, run } from "./exec";
import { showMemory } from "./memory";
import type { Network } from "./network";
import { type Hardware, nspawn, rebootStatus } from "./nspawn";
import { mountOverlay, overlayIn } from "./overlay";
import { children } from "./proc";
import { followProcessors, sandboxedProcessors, showProcessors } from "./processors";
import { consoleFile, enter, initOf, nameFile, supervisorFile } from "./running";

export interface MachineOptions {
  /** Name of its host on the network. */
  readonly name: string;
  readonly hostName: string;
  /** What cloud-init takes for the id in SMBIOS. */
  readonly dropletId: string;
  /** Where its disk and its console's log are kept; below the run's directory. */
  readonly directory: string;
  /** Read-only trees under its disk, the topmost first. */
  readonly lower: readonly string[];
  /** Services that are to see its own processors in their sandboxes too. */
  readonly measuring: readonly string[];
}

const startMs = 30_000;
/** A server may have to wait for others before it stops; the API's shutdown pulls no plug. */
const shutdownMs = 30 * 60_000;

/** A droplet's body: systemd in a container, on a disk of its own. */
export class Machine {
  private supervisor?: ChildProcess;
  private stopping = false;
  private endProcessors = () => {};

  /** @param hardware asked at each start. */
  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
    private readonly options: MachineOptions,
    private readonly hardware: () => Hardware,
  ) {}

  private get console(): string {
    return join(this.options.directory, consoleFile);
  }

  /** Its control group, inside the enclosure. */
  private get group(): string {
    const { name, directory } = this.options;
    return join("/sys/fs/cgroup/local-cloud", basename(dirname(directory)), name);
  }

  /** Gives it its disk. */
  async create(): Promise<void> {
    const { directory, hostName, lower, dropletId, measuring } = this.options;
    const etc = join(overlayIn(directory).upper, "etc");
    await mkdir(etc, { recursive: true });
    await writeFile(join(directory, nameFile), hostName);
    await writeFile(join(etc, "droplet-id"), dropletId);
    await writeFile(join(etc, "machine-id"), `${randomBytes(16).toString("hex")}\n`);
    for (const service of measuring) {
      const settings = join(etc, "systemd", "system", `${service}.d`);
      await mkdir(settings, { recursive: true });
      await writeFile(join(settings, "processors.conf"), sandboxedProcessors);
    }
    await mountOverlay(this.enclosure, directory, lower);
  }

  /** Resolves when its init runs; cloud-init does its work afterwards. @throws when it does not within 30 s. */
  async start(): Promise<void> {
    if (this.supervisor) return;
    await this.network.reset(this.options.name);
    await this.network.setCut(this.options.name, false);
    this.stopping = false;
    this.supervisor = this.boot();
    const until = Date.now() + startMs;
    while (this.init() === undefined) {
      if (!this.supervisor || Date.now() > until) {
        throw new Error(`${this.options.hostName} does not boot: ${this.lastWords()}`);
      }
      await delay(20);
    }
    const { memory, vcpus } = this.hardware();
    if (memory !== undefined) await this.run(showMemory(memory));
    await this.run(showProcessors);
    const group = `/proc/${this.enclosure.pid}/root${this.group}`;
    this.endProcessors = followProcessors(group, this.running(), vcpus);
  }

  /** Asks its init to end, as the API's shutdown does; pulls the plug when it does not in half an hour. */
  async shutdown(): Promise<void> {
    const { supervisor } = this;
    if (!supervisor) return;
    this.stopping = true;
    const ended = once(supervisor, "exit");
    for (const pid of children(supervisor.pid ?? 0)) process.kill(pid, "SIGTERM");
    await Promise.race([ended, delay(shutdownMs, undefined, { ref: false })]);
    await this.kill();
  }

  /** Pulls the plug: nothing in it runs on or says goodbye, and its network is dead. */
  async kill(): Promise<void> {
    this.stopping = true;
    await this.network.setCut(this.options.name, true);
    const { supervisor } = this;
    if (!supervisor) return;
    const ended = once(supervisor, "exit");
    const init = this.init();
    for (const pid of init === undefined ? children(supervisor.pid ?? 0) : [init])
      process.kill(pid, "SIGKILL");
    await ended;
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    const { directory } = this.options;
    await this.kill();
    await this.enclosure.run(["umount", overlayIn(directory).root]);
    await rm(directory, { recursive: true });
  }

  /** Runs a program in it, as root. @throws when it is off, or the program fails. */
  async run(argv: readonly string[], input?: string): Promise<string> {
    return run(enter(this.running(), argv), input);
  }

  /** The pid of its init. @throws when it is off. */
  running(): number {
    const init = this.init();
    if (init === undefined) throw new Error(`${this.options.hostName} is off.`);
    return init;
  }

  /** The pid of its init, as this machine counts; undefined while it is off. */
  init(): number | undefined {
    return this.supervisor?.pid === undefined ? undefined : initOf(this.supervisor.pid);
  }

  private boot(): ChildProcess {
    const { name, hostName, directory } = this.options;
    const { group } = this;
    const { root } = overlayIn(directory);
    const argv = this.enclosure.command(
      nspawn({ root, hostName, network: name, group, hardware: this.hardware() }),
    );
    const log = openSync(this.console, "a");
    const supervisor = spawn(argv[0] ?? "", argv.slice(1), {
      stdio: ["ignore", log, log],
      detached: true,
      env: environment,
    });
    closeSync(log);
    writeFileSync(join(directory, supervisorFile), `${supervisor.pid}`);
    supervisor.on("exit", (status) => this.ended(status));
    return supervisor;
  }

  private ended(status: number | null): void {
    this.supervisor = undefined;
    this.endProcessors();
    if (this.stopping) return;
    // A machine that went off by itself is silent, too; its network would answer for it.
    const next = status === rebootStatus ? this.start() : this.network.setCut(this.options.name, true);
    next.catch((error: Error) => appendFileSync(this.console, `${error.message}\n`));
  }

  private lastWords(): string {
    return readFileSync(this.console, "utf8").trim().split("\n").slice(-3).join(" ");
  }
}
