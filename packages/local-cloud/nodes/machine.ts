import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Enclosure } from "./enclosure";
import { environment, run } from "./exec";
import type { Network } from "./network";
import { mountOverlay, overlayIn } from "./overlay";
import { children } from "./proc";

export interface MachineOptions {
  /** Name of its host on the network. */
  readonly name: string;
  readonly hostName: string;
  /** What cloud-init takes for the id in SMBIOS. */
  readonly dropletId: string;
  /** Where its disk and its console's log are kept. */
  readonly directory: string;
  /** Read-only trees under its disk, the topmost first. */
  readonly lower: readonly string[];
}

/** What a machine is started with. */
export interface Hardware {
  /** Block devices of this machine, by their path in the machine. */
  readonly devices: ReadonlyMap<string, string>;
  /** MiB; no limit where it is not known. */
  readonly memory?: number;
  readonly vcpus?: number;
}

/** nspawn's status when the machine wants to be started again. */
const rebootStatus = 133;
const startMs = 30_000;
const shutdownMs = 60_000;

/** A droplet's body: systemd in a container, on a disk of its own. */
export class Machine {
  private supervisor?: ChildProcess;
  private stopping = false;

  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
    private readonly options: MachineOptions,
    private readonly hardware: () => Hardware,
  ) {}

  get console(): string {
    return join(this.options.directory, "console.log");
  }

  /** Gives it its disk. */
  async create(): Promise<void> {
    const { directory, lower, dropletId } = this.options;
    const etc = join(overlayIn(directory).upper, "etc");
    await mkdir(etc, { recursive: true });
    await writeFile(join(etc, "droplet-id"), dropletId);
    await writeFile(join(etc, "machine-id"), `${randomBytes(16).toString("hex")}\n`);
    await mountOverlay(this.enclosure, directory, lower);
  }

  /** Resolves when its init runs; cloud-init does its work afterwards. */
  async start(): Promise<void> {
    if (this.supervisor) return;
    await this.network.reset(this.options.name);
    await this.network.setCut(this.options.name, false);
    this.stopping = false;
    const log = openSync(this.console, "a");
    const supervisor = spawn("nsenter", this.enclosure.command(this.nspawn()).slice(1), {
      stdio: ["ignore", log, log],
      detached: true,
      env: { ...environment, SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" },
    });
    closeSync(log);
    this.supervisor = supervisor;
    supervisor.on("exit", (code) => {
      this.supervisor = undefined;
      if (code === rebootStatus && !this.stopping) void this.start();
    });
    const until = Date.now() + startMs;
    while (this.leader() === undefined) {
      if (!this.supervisor || Date.now() > until)
        throw new Error(`${this.options.hostName} does not boot: ${this.lastWords()}`);
      await delay(20);
    }
  }

  /** Asks its init to end, as the API's shutdown does; pulls the plug when it does not. */
  async shutdown(): Promise<void> {
    const { supervisor } = this;
    if (!supervisor?.pid) return;
    this.stopping = true;
    const ended = once(supervisor, "exit");
    for (const nspawn of children(supervisor.pid)) process.kill(nspawn, "SIGTERM");
    await Promise.race([ended, delay(shutdownMs, undefined, { ref: false })]);
    await this.kill();
  }

  /** Pulls the plug: nothing in it runs on or says goodbye, and its network is dead. */
  async kill(): Promise<void> {
    this.stopping = true;
    await this.network.setCut(this.options.name, true);
    const { supervisor } = this;
    const leader = this.leader();
    if (!supervisor) return;
    const ended = once(supervisor, "exit");
    if (leader !== undefined) process.kill(leader, "SIGKILL");
    else for (const nspawn of children(supervisor.pid ?? 0)) process.kill(nspawn, "SIGKILL");
    await ended;
  }

  /** Ends it for good. */
  async remove(): Promise<void> {
    await this.kill();
    if (existsSync(this.options.directory)) await this.enclosure.run(["umount", this.root]);
    await rm(this.options.directory, { recursive: true, force: true });
  }

  /** Runs a program in it, as root. @returns what it wrote; nothing while the machine is off. */
  async run(argv: readonly string[], input?: string): Promise<string> {
    const leader = this.leader();
    return leader === undefined ? "" : run(enter(leader, argv), input);
  }

  /** The pid of its init, as this machine counts; undefined while it is off. */
  leader(): number | undefined {
    const [nspawn] = children(this.supervisor?.pid ?? 0);
    const [init] = children(nspawn ?? 0);
    if (init === undefined || !existsSync(`/proc/${init}/status`)) return undefined;
    const status = readFileSync(`/proc/${init}/status`, "utf8");
    return /^Name:\tsystemd$/m.test(status) && /^NSpid:.*\t1$/m.test(status) ? init : undefined;
  }

  private get root(): string {
    return overlayIn(this.options.directory).root;
  }

  private nspawn(): string[] {
    const { name, hostName, directory } = this.options;
    const { devices, memory, vcpus } = this.hardware();
    const group = join("/sys/fs/cgroup/local-cloud", basename(dirname(directory)), name);
    return [
      ...[
        "sh",
        "-euc",
        enterGroup,
        "enter-group",
        group,
        memory ? `${memory}M` : "max",
        `${vcpus ? vcpus * 100000 : "max"}`,
      ],
      ...[
        "systemd-nspawn",
        "--quiet",
        "--boot",
        "-D",
        this.root,
        "-M",
        hostName,
        "--register=no",
        "--keep-unit",
      ],
      ...[
        "--link-journal=no",
        "--resolv-conf=off",
        "--timezone=off",
        "--suppress-sync=yes",
        "--console=read-only",
      ],
      ...[
        "--kill-signal=SIGRTMIN+3",
        "--capability=CAP_NET_ADMIN",
        `--network-namespace-path=/run/netns/${name}`,
      ],
      ...[...devices].map(([inside, device]) => `--bind=${device}:${inside}`),
    ];
  }

  private lastWords(): string {
    return readFileSync(this.console, "utf8").trim().split("\n").slice(-3).join(" ");
  }
}

/** A control group of its own, with the size's limits where this machine has cgroup v2's controllers for them. */
const enterGroup = `
group=$1 memory=$2 cpu=$3
shift 3
mkdir -p "$group"
for above in /sys/fs/cgroup /sys/fs/cgroup/local-cloud "\${group%/*}"; do
  echo '+memory +cpu' 2>/dev/null >"$above/cgroup.subtree_control" || true
done
[ ! -e "$group/memory.max" ] || echo "$memory" >"$group/memory.max"
[ ! -e "$group/cpu.max" ] || echo "$cpu" >"$group/cpu.max"
echo $$ >"$group/cgroup.procs"
exec "$@"
`;

/** The command line that runs a program inside the machine with that init. */
export function enter(leader: number, argv: readonly string[]): string[] {
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
    `${leader}`,
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
