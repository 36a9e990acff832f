/** What a machine is started with. */
export interface Hardware {
  /** Block devices of this machine, by their path in the machine. */
  readonly devices: ReadonlyMap<string, string>;
  /** MiB; no limit where it is not known. */
  readonly memory?: number;
  readonly vcpus?: number;
}

export interface Container {
  readonly root: string;
  readonly hostName: string;
  /** Network namespace, by name. */
  readonly network: string;
  /** Control group, by path. */
  readonly group: string;
  readonly hardware: Hardware;
}

/** nspawn's status when the machine wants to be started again. */
export const rebootStatus = 133;

/** The command line, for inside an enclosure, that boots a tree. */
export function nspawn({ root, hostName, network, group, hardware }: Container): string[] {
  const { devices, memory, vcpus } = hardware;
  const limits = [memory ? `${memory}M` : "max", vcpus ? `${vcpus * schedulerPeriod}` : "max"];
  return [
    ...["sh", "-euc", enterGroup, "enter-group", group, ...limits],
    ...["env", "SYSTEMD_NSPAWN_API_VFS_WRITABLE=network", "systemd-nspawn", "--quiet", "--boot"],
    ...[`--directory=${root}`, `--machine=${hostName}`, `--network-namespace-path=/run/netns/${network}`],
    ...["--register=no", "--keep-unit", "--link-journal=no", "--resolv-conf=off", "--timezone=off"],
    ...[
      "--suppress-sync=yes",
      "--console=read-only",
      "--kill-signal=SIGRTMIN+3",
      "--capability=CAP_NET_ADMIN",
    ],
    ...[...devices].map(([inside, device]) => `--bind=${device}:${inside}`),
  ];
}

/** What the kernel divides CPU time by, in microseconds. */
const schedulerPeriod = 100_000;

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
