/**
 * Memory in MiB of a droplet or database size, as its slug says it (`s-2vcpu-4gb`, `s-1vcpu-512mb-10gb`, `c-2`);
 * undefined for a slug that doesn't.
 */
export function memoryMib(size: string): number | undefined {
  const cpuOptimized = /^c-(\d+)(-intel|-amd)?$/.exec(size);
  if (cpuOptimized) return Number(cpuOptimized[1]) * 2048;
  const named = /(?:^|-)(\d+)(gb|mb)(?:-|$)/.exec(size);
  if (!named || size.startsWith("gpu-")) return undefined;
  return Number(named[1]) * (named[2] === "gb" ? 1024 : 1);
}
