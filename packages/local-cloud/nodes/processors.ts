import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { cpus } from "node:os";

/** Of /proc/stat's counters there are so many a second. */
const ticks = 100;
/** How often it is brought up to date, in milliseconds. */
const interval = 500;
/** What of this machine's own is true of a container, too. */
const shared = /^(ctxt|btime|processes|procs_running|procs_blocked) /;

/** The program that has a machine see the time of its own processors, which are told to it in /run/stat. */
export const showProcessors: readonly string[] = [
  "sh",
  "-euc",
  "cat /proc/stat >/run/stat; mount --bind -o ro /run/stat /proc/stat",
];

/** Settings of a service for which systemd makes a /proc of its own. */
export const sandboxedProcessors = "[Service]\nBindReadOnlyPaths=-/run/stat:/proc/stat\n";

/**
 * Keeps a machine's /run/stat to what its control group uses: of all the processors' time that a size has, what is
 * not used is idle. @returns what ends it.
 * @param group control group, as a path of this process
 * @param init pid of the machine's init
 */
export function followProcessors(group: string, init: number, vcpus = cpus().length): () => void {
  const file = openSync(`/proc/${init}/root/run/stat`, "w");
  const used = () => readFileSync(`${group}/cpu.stat`, "utf8");
  const times = new ProcessorTimes(vcpus, used(), performance.now());
  const update = () => writeSync(file, times.at(used(), performance.now()), 0);
  update();
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    clearInterval(timer);
    closeSync(file);
  };
  const timer = setInterval(() => {
    try {
      update();
    } catch {
      stop(); // the machine has ended
    }
  }, interval);
  timer.unref();
  return stop;
}

/** What /proc/stat says of the processors, in seconds. */
export class ProcessorTimes {
  private user: number;
  private system: number;
  private idle = 0;

  /**
   * @param used the control group's cpu.stat
   * @param now in milliseconds, of any clock
   */
  constructor(
    private readonly vcpus: number,
    used: string,
    private now: number,
  ) {
    this.user = seconds(used, "user_usec");
    this.system = seconds(used, "system_usec");
  }

  /** The text now. It is always as long, so that it can be written over the one before. */
  at(used: string, now: number): string {
    const [user, system] = [seconds(used, "user_usec"), seconds(used, "system_usec")];
    const busy = user - this.user + system - this.system;
    this.idle += Math.max(0, ((now - this.now) / 1000) * this.vcpus - busy);
    [this.user, this.system, this.now] = [user, system, now];
    const own = readFileSync("/proc/stat", "utf8")
      .split("\n")
      .filter((each) => shared.test(each));
    return [
      this.line("cpu", 1),
      ...Array.from({ length: this.vcpus }, (_, at) => this.line(`cpu${at}`, 1 / this.vcpus)),
      ...own.map((each) => each.padEnd(32)),
      "",
    ].join("\n");
  }

  private line(name: string, share: number): string {
    const counters = [this.user, 0, this.system, this.idle, 0, 0, 0, 0, 0, 0];
    return [name, ...counters.map((each) => `${Math.round(each * share * ticks)}`.padStart(12))].join(" ");
  }
}

const seconds = (used: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, "m").exec(used)?.[1]) / 1e6;
