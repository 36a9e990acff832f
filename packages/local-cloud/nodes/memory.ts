/** What /proc/meminfo says of that much memory, in MiB. It stands still: what is free is not told. */
function memoryInformation(mebibytes: number): string {
  const line = (name: string, share: number) =>
    `${`${name}:`.padEnd(16)}${String(Math.round(mebibytes * 1024 * share)).padStart(8)} kB\n`;
  return [
    line("MemTotal", 1),
    line("MemFree", 0.5),
    line("MemAvailable", 0.6),
    line("Buffers", 0),
    line("Cached", 0.1),
    line("SwapTotal", 0),
    line("SwapFree", 0),
  ].join("");
}

/** The program that has a machine see its size's memory, and not that of the machine it runs on. */
export const showMemory = (mebibytes: number): string[] => [
  "sh",
  "-euc",
  'printf %s "$1" >/run/meminfo; mount --bind -o ro /run/meminfo /proc/meminfo',
  "show-memory",
  memoryInformation(mebibytes),
];
